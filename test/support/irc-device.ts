import { IrcClient } from './irc-client.ts';
import { plainLogin } from './log-in.ts';
import type { TestServer } from './test-server.ts';

/**
 * One more client of somebody who has an account, and all that it is told on its way in.
 * @param login the account, or the account and which device this is: `alan@phone`.
 */
export async function openDevice(
  server: Pick<TestServer, 'open'>,
  login: string,
  { capabilities = '', before = [] }: { readonly capabilities?: string; readonly before?: readonly string[] } = {},
): Promise<{ readonly client: IrcClient; readonly greeting: string[] }> {
  const [account = ''] = login.split('@');
  const client = new IrcClient(await server.open());
  const greeting = await client.raw(
    `CAP REQ :sasl ${capabilities}`.trim(),
    ...plainLogin(login),
    ...before,
    `NICK ${account}`,
    `USER ${account} 0 * :Real ${account}`,
    'CAP END',
  );
  return {
    client,
    greeting: greeting.map((line) => (line.startsWith('@') ? line.slice(line.indexOf(' ') + 1) : line)),
  };
}

/** Ends a client's connection, and waits until the server has noticed. */
export async function killDevice(client: IrcClient, watcher: IrcClient): Promise<void> {
  client.send('QUIT');
  await client.text.end();
  await watcher.heard();
}
