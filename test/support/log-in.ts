import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import type { IrcClient } from './irc-client.ts';
import { IrcClient as Client } from './irc-client.ts';
import type { TestServer } from './test-server.ts';

export const PASSWORD = 'correct horse';

/** The parameter of AUTHENTICATE that says a text. */
export function encoded(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** What logs in with PLAIN. */
export function plainLogin(account: string, password = PASSWORD): [string, string] {
  return ['AUTHENTICATE PLAIN', `AUTHENTICATE ${encoded(`\0${account}\0${password}`)}`];
}

/** Makes an account with a client that then goes away. */
export async function makeAccount(server: Pick<TestServer, 'open'>, name: string, password = PASSWORD): Promise<void> {
  const client = new Client(await server.open());
  const answers = await client.all('CAP LS', `REGISTER ${name} * :${password}`);
  if (!answers.some((line) => line.includes(' REGISTER SUCCESS '))) throw new Error(answers.join('\n'));
  client.send('QUIT');
  await client.text.end();
}

/** Goes through SCRAM as a client does, and gives what came after the server's first message. */
export async function scramLogin(
  client: IrcClient,
  { account, password = PASSWORD, hash }: { account: string; password?: string; hash: 'sha256' | 'sha512' },
): Promise<{ readonly answers: string[]; readonly isServerProved: boolean }> {
  const bytes = hash === 'sha256' ? 32 : 64;
  const nonce = randomBytes(12).toString('base64');
  const bare = `n=${account},r=${nonce}`;
  const name = hash === 'sha256' ? 'SCRAM-SHA-256' : 'SCRAM-SHA-512';
  const [, challenge = ''] = await client.all(`AUTHENTICATE ${name}`, `AUTHENTICATE ${encoded(`n,,${bare}`)}`);
  const first = Buffer.from(challenge.split(' ')[1] ?? '', 'base64').toString('utf8');
  const [, both = '', salt = '', iterations = ''] = /^r=([^,]+),s=([^,]+),i=(\d+)$/.exec(first) ?? [];
  const salted = pbkdf2Sync(password, Buffer.from(salt, 'base64'), Number(iterations), bytes, hash);
  const clientKey = createHmac(hash, salted).update('Client Key').digest();
  const storedKey = createHash(hash).update(clientKey).digest();
  const final = `c=biws,r=${both}`;
  const message = `${bare},${first},${final}`;
  const signature = createHmac(hash, storedKey).update(message).digest();
  const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)));
  const [last = ''] = await client.all(`AUTHENTICATE ${encoded(`${final},p=${proof.toString('base64')}`)}`);
  const serverKey = createHmac(hash, salted).update('Server Key').digest();
  const expected = `v=${createHmac(hash, serverKey).update(message).digest('base64')}`;
  const isServerProved = last === `AUTHENTICATE ${encoded(expected)}`;
  return { answers: isServerProved ? await client.all('AUTHENTICATE +') : [last], isServerProved };
}

/** Connects and registers as somebody with an account; what the server says to that is taken. */
export async function joinAs(
  server: Pick<TestServer, 'open'>,
  account: string,
  {
    nick = account,
    capabilities = '',
    password = PASSWORD,
  }: { readonly nick?: string; readonly capabilities?: string; readonly password?: string } = {},
): Promise<IrcClient> {
  const client = new Client(await server.open());
  const answers = await client.all(
    'CAP LS 302',
    `CAP REQ :sasl ${capabilities}`,
    `NICK ${nick}`,
    `USER ${nick} 0 * :Real ${nick}`,
    ...plainLogin(account, password),
    'CAP END',
  );
  if (!answers.some((line) => line.includes(` 001 ${nick} `))) throw new Error(answers.join('\n'));
  return client;
}
