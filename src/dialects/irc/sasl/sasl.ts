import { logIn } from '../../../domain/actions/log-in.ts';
import type { OneRefusal, Refusal } from '../../../domain/refusal.ts';
import type { Result } from '../../../domain/result.ts';
import { refusalNumeric } from '../refusal-numerics.ts';
import type { IrcSession } from '../session.ts';
import { sendLoggedIn } from './logged-in.ts';
import { MECHANISMS } from './mechanisms.ts';
import type { SaslExchange, SaslStep } from './mechanism.ts';

/** IRCv3 sasl-3.1: a longer message comes in pieces of this many bytes, up to one that is shorter. */
const PIECE_BYTES = 400;
/** A message in base 64, in bytes: the longest password with the longest names, and some more. */
const MAX_MESSAGE_BYTES = 4 * PIECE_BYTES;

const BASE_64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** How far a client has come in logging in (IRCv3 sasl-3.1 and sasl-3.2). */
export class Sasl {
  readonly #irc: IrcSession;
  #exchange: SaslExchange | undefined;
  #message = '';

  constructor(irc: IrcSession) {
    this.#irc = irc;
  }

  /** The client begins, goes on, or gives up: the parameter of AUTHENTICATE. */
  take(text: string): void {
    if (text === '*') return this.#abort();
    if (this.#exchange === undefined) return this.#begin(text);
    const piece = text === '+' ? '' : text;
    if (piece.length > PIECE_BYTES || this.#message.length + piece.length > MAX_MESSAGE_BYTES) {
      this.#end();
      return this.#irc.numeric('ERR_SASLTOOLONG', 'SASL message too long');
    }
    this.#message += piece;
    return piece.length === PIECE_BYTES ? undefined : this.#next(this.#exchange);
  }

  /** The client has completed its registration: what it has not finished is off. */
  registered(): void {
    if (this.#exchange !== undefined) this.#abort();
  }

  #begin(name: string): void {
    const mechanism = MECHANISMS.find((known) => known.name === name.toUpperCase());
    if (mechanism === undefined) {
      const names = MECHANISMS.map((known) => known.name).join(',');
      this.#irc.numeric('RPL_SASLMECHS', names, 'are available SASL mechanisms');
      return this.#irc.numeric('ERR_SASLFAIL', 'SASL authentication failed: there is no such mechanism');
    }
    this.#exchange = mechanism.begin(this.#irc.host);
    return this.#irc.line({ tags: [], body: 'AUTHENTICATE +' });
  }

  #next(exchange: SaslExchange): void {
    const encoded = this.#message;
    this.#message = '';
    if (!BASE_64.test(encoded)) return this.#fail('that is not base 64');
    const message = Buffer.from(encoded, 'base64').toString('utf8');
    return this.#irc.later(exchange.next(message), (result) => this.#goOn(result));
  }

  #goOn(result: Result<SaslStep, OneRefusal>): void {
    if (!result.ok) return this.#refused(result.error);
    if ('challenge' in result.value) return this.#send(result.value.challenge);
    this.#end();
    const irc = this.#irc;
    irc.returning.called(result.value.device);
    const before = irc.me?.account;
    if (!irc.actFor((refusal) => this.#refused(refusal), logIn, result.value)) return undefined;
    // Logging in to the same account again changes nothing, so nothing has told the client of it.
    if (before !== undefined && before === irc.me?.account) sendLoggedIn(irc);
    return irc.numeric('RPL_SASLSUCCESS', 'SASL authentication successful');
  }

  #send(challenge: string): void {
    const encoded = Buffer.from(challenge).toString('base64');
    for (let at = 0; at <= encoded.length; at += PIECE_BYTES) {
      const piece = encoded.slice(at, at + PIECE_BYTES);
      this.#irc.line({ tags: [], body: `AUTHENTICATE ${piece === '' ? '+' : piece}` });
    }
  }

  #refused(refusal: Refusal): void {
    this.#fail(refusal.kind === 'several' ? '' : (refusalNumeric(refusal).at(-1) ?? ''));
  }

  #fail(why: string): void {
    this.#end();
    this.#irc.numeric('ERR_SASLFAIL', `SASL authentication failed: ${why}`);
  }

  #abort(): void {
    this.#end();
    this.#irc.numeric('ERR_SASLABORTED', 'SASL authentication aborted');
  }

  #end(): void {
    this.#exchange = undefined;
    this.#message = '';
  }
}
