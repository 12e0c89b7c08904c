import { randomBytes } from 'node:crypto';
import type { Account, Credentials, ScramKeys } from '../../../domain/account.ts';
import { splitDeviceName } from '../../../domain/device-name.ts';
import { nickKey, type NickKey } from '../../../domain/nick.ts';
import type { ScramHash } from '../../../domain/passwords.ts';
import type { OneRefusal } from '../../../domain/refusal.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import {
  authMessage,
  isProof,
  parseClientFinal,
  parseClientFirst,
  serverFinal,
  serverFirst,
  type ScramClientFinal,
  type ScramClientFirst,
} from '../../../protocol/sasl/scram.ts';
import type { Host } from '../../dialect.ts';
import type { SaslExchange, SaslMechanism, SaslStep } from './mechanism.ts';

const NONCE_BYTES = 18;

/** SCRAM-SHA-256 (RFC 7677) and SCRAM-SHA-512: the client proves that it knows the password, and so does the server. */
export const scramSha256: SaslMechanism = {
  name: 'SCRAM-SHA-256',
  begin: (host) => new ScramExchange(host, 'sha256'),
};
export const scramSha512: SaslMechanism = {
  name: 'SCRAM-SHA-512',
  begin: (host) => new ScramExchange(host, 'sha512'),
};

/** What the server has answered to the client's first message, and what the last one is checked against. */
interface Challenge {
  readonly first: ScramClientFirst;
  readonly key: NickKey;
  readonly account: Account | undefined;
  readonly credentials: Credentials | undefined;
  readonly keys: ScramKeys;
  readonly nonce: string;
  readonly text: string;
}

type Step = Result<SaslStep, OneRefusal>;

class ScramExchange implements SaslExchange {
  readonly #host: Host;
  readonly #hash: ScramHash;
  #challenge: Challenge | undefined;
  /** Once the proof was right; the client has yet to take note of ours. */
  #proved: NickKey | undefined;

  constructor(host: Host, hash: ScramHash) {
    this.#host = host;
    this.#hash = hash;
  }

  next(message: string): Promise<Step> {
    // The client acknowledges the server's proof with an empty message.
    if (this.#proved !== undefined) {
      const { device } = splitDeviceName(this.#challenge?.first.name ?? '');
      return Promise.resolve(message === '' ? ok({ account: this.#proved, device }) : failed());
    }
    return this.#challenge === undefined
      ? Promise.resolve(this.#begin(message))
      : this.#prove(this.#challenge, message);
  }

  #begin(message: string): Step {
    const first = parseClientFirst(message);
    if (first === undefined) return failed();
    const { authorization } = first;
    const { name } = splitDeviceName(first.name);
    const isOwn = authorization === '' || nickKey(splitDeviceName(authorization).name) === nickKey(name);
    if (!isOwn) return failed();
    const { chat, passwords } = this.#host;
    const account = chat.nickOwners.get(nickKey(name));
    const key = account?.key ?? nickKey(name);
    const credentials = account?.credentials;
    const keys = credentials?.scram[this.#hash] ?? passwords.decoy(key, this.#hash);
    const nonce = first.nonce + randomBytes(NONCE_BYTES).toString('base64');
    const text = serverFirst(nonce, keys.salt, keys.iterations);
    this.#challenge = { first, key, account, credentials, keys, nonce, text };
    return ok({ challenge: text });
  }

  async #prove(challenge: Challenge, text: string): Promise<Step> {
    const { first, key, account, credentials, keys } = challenge;
    const final = parseClientFinal(text);
    if (final === undefined || final.nonce !== challenge.nonce || final.header !== first.header) return failed();
    const address = this.#host.chat.sessions.get(this.#host.session)?.address ?? '';
    const message = authMessage(first, challenge.text, final);
    const right = await this.#host.attempts.guess(key, address, () =>
      Promise.resolve(ok(this.#isProved(challenge, final, message))),
    );
    if (!right.ok) return right;
    if (!right.value || account === undefined || account.credentials !== credentials) return failed();
    this.#proved = account.key;
    return ok({ challenge: serverFinal(this.#hash, Buffer.from(keys.serverKey, 'base64'), message) });
  }

  #isProved({ keys }: Challenge, { proof }: ScramClientFinal, message: string): boolean {
    return isProof(this.#hash, Buffer.from(keys.storedKey, 'base64'), message, proof);
  }
}

function failed(): Step {
  return refuse({ kind: 'wrong-password' });
}
