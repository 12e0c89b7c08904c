import type { TestContext } from 'node:test';
import { TextClient } from './text-client.ts';

/** Two people who have talked in a room of their own and with each other, on a server without limits. All of it is kept. */
export async function talk(t: TestContext, port: number, texts: readonly string[]): Promise<readonly TextClient[]> {
  const people = [];
  for (const name of ['alan', 'bob']) {
    const client = await TextClient.open(port);
    t.after(() => client.close());
    client.send(`/nick ${name}\n/join #tea\n`);
    await client.until(`#tea`);
    people.push(client);
  }
  const [alan, bob] = people as [TextClient, TextClient];
  for (const text of texts) alan.send(`${text}\n`);
  alan.send('/msg bob this is between us\n');
  await bob.until('this is between us\n');
  bob.send('/topic tea and cake\nthe last word\n');
  await alan.until('the last word\n');
  return people;
}
