// Where reading history has to wait for the disk, whoever asks waits, and nobody else; what they get is the same.
import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import { Storage } from '../../src/storage/storage.ts';
import { IrcClient } from '../support/irc-client.ts';
import { startServer, type TestServer } from '../support/test-server.ts';

const CAPABILITIES = 'batch labeled-response draft/chathistory';

/** A storage whose reads are at hand when it is told so. */
class SlowStorage extends Storage {
  #ready: (() => void)[] = [];

  override prepare(): Promise<void> {
    return new Promise((resolve) => {
      this.#ready.push(resolve);
    });
  }

  /** Waits until so many wait for something, which they then get. */
  async serve(count: number): Promise<void> {
    while (this.#ready.length < count) await setTimeout(1);
    for (const ready of this.#ready.splice(0)) ready();
  }
}

interface Scene {
  readonly server: TestServer;
  readonly storage: SlowStorage;
  /** The operator of a room, who has said two things in it. */
  readonly alan: IrcClient;
  readonly beth: IrcClient;
}

async function scene(t: TestContext): Promise<Scene> {
  const storage = new SlowStorage(':memory:', 'process');
  const server = await startServer(t, { storage, limits: { detection_ms: 10, enabled: false } });
  const alan = await IrcClient.join(server, 'alan');
  const beth = await IrcClient.join(server, 'beth', CAPABILITIES);
  await alan.all('JOIN #room', 'PRIVMSG #room :one', 'PRIVMSG #room :two');
  await beth.all('JOIN #room');
  await alan.heard();
  return { server, storage, alan, beth };
}

const textsOf = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => / PRIVMSG #room :(.*)$/.exec(line)?.[1] ?? []);

test('a page comes when it is at hand, with its label, before what was asked next', async (t) => {
  const { storage, beth } = await scene(t);
  const answer = beth.raw(
    '@label=7 CHATHISTORY LATEST #room * 10',
    '@label=8 CHATHISTORY AROUND #room timestamp=2020-01-01T00:00:00.000Z 10',
    'TOPIC #room',
  );
  await storage.serve(1);
  await storage.serve(1);
  const lines = await answer;
  assert.deepEqual(
    lines.map((line) => line.replace(/^(?:@(\S+) )?:\S+ ([A-Z0-9]+) .*$/, '$1 $2').replace(/batch=\w+/, 'batch')),
    [
      'label=7 BATCH',
      'batch PRIVMSG',
      'batch PRIVMSG',
      ' BATCH',
      'label=8 BATCH',
      'batch PRIVMSG',
      'batch PRIVMSG',
      ' BATCH',
      ' 331',
    ],
  );
  assert.deepEqual(textsOf(lines), ['one', 'two', 'one', 'two']);
});

test('nobody else waits meanwhile', async (t) => {
  const { storage, alan, beth } = await scene(t);
  const answer = beth.raw('CHATHISTORY LATEST #room * 10');
  assert.deepEqual(await alan.all('TOPIC #room'), [':partyline.local 331 alan #room :No topic is set']);
  await storage.serve(1);
  assert.deepEqual(textsOf(await answer), ['one', 'two']);
});

test('who is put out of a room before a page is at hand does not get it', async (t) => {
  const { storage, alan, beth } = await scene(t);
  const answer = beth.raw('CHATHISTORY LATEST #room * 10', 'PRIVMSG *playback :PLAY #room');
  await alan.all('KICK #room beth');
  await storage.serve(1);
  await storage.serve(1);
  const lines = await answer;
  assert.deepEqual(textsOf(lines), []);
  assert.ok(lines.some((line) => line.includes('FAIL CHATHISTORY INVALID_TARGET LATEST #room')));
});

test('who is gone before a page is at hand gets nothing, and leaves nothing behind', async (t) => {
  const { storage, alan, beth } = await scene(t);
  beth.send('CHATHISTORY LATEST #room * 10');
  await alan.all();
  beth.text.close();
  await storage.serve(1);
  for (let heard: string[] = []; !heard.some((line) => line.includes(' QUIT '));) heard = await alan.heard();
  assert.deepEqual(await alan.all('TOPIC #room'), [':partyline.local 331 alan #room :No topic is set']);
});

test('a plain client gets a page in the same way, and what it types meanwhile is dealt with afterwards', async (t) => {
  const { server, storage } = await scene(t);
  const nina = await server.welcomed();
  nina.send('/join #room\n/history #room 1\n/history more\n/the-end\n');
  await storage.serve(1);
  await storage.serve(1);
  const text = await nina.until('no command /the-end');
  assert.match(text, /<alan> :two\n[^]*\/history more[^]*<alan> :one\n[^]*that is all of #room\n[^]*the-end$/);
});
