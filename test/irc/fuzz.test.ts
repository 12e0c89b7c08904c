// Generated command lines from several sessions at once: no fault (the test's server sees to that), and every label is
// answered exactly once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands } from '../../src/dialects/irc/command-table.ts';
import { IrcClient } from '../support/irc-client.ts';
import { startServer } from '../support/test-server.ts';

const LINES = 100_000;
const CLIENTS = 8;
const LINES_AT_ONCE = 100;

const WORDS = [
  '#a',
  '#b',
  '#lobby',
  '#A',
  '@#a',
  '+#b',
  'n0',
  'n1',
  'N2',
  'nobody',
  '*',
  '',
  ':',
  ':x y',
  '0',
  '-1',
  '+o',
  '-o+v',
  '+b',
  '-b',
  '+k',
  '+ntimsplkCRMN',
  '+q',
  '*!*@*',
  'm:n1',
  'a:x',
  '%tcuhnfar,7',
  '>1',
  '<5,C>0',
  'a,b,c,d,e',
  '#a,#b,#c',
  'LS',
  'REQ',
  'LIST',
  'END',
  'S',
  'L',
  '\u0001ACTION x\u0001',
  '\u0002bold',
  'é🙂',
  'x'.repeat(300),
];

/** Numbers from 0 up to, not including, a limit; the same ones for the same seed (mulberry32). */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

test('100,000 generated lines from eight clients: no fault, and every label is answered exactly once', async (t) => {
  const server = await startServer(t, { limits: { detection_ms: 10, enabled: false } });
  const below = randomNumbers(7);
  const verbs = [...commands.keys(), 'FOO'].filter((verb) => verb !== 'QUIT');
  const clients: IrcClient[] = [];
  const capabilities = ['labeled-response batch', 'labeled-response batch echo-message message-tags server-time'];
  for (let index = 0; index < CLIENTS; index++) {
    clients.push(await IrcClient.join(server, `n${index}`, capabilities[index % 2]));
  }
  let label = 0;
  for (let sent = 0; sent < LINES; sent += CLIENTS * LINES_AT_ONCE) {
    await Promise.all(
      clients.map(async (client) => {
        const labels: string[] = [];
        const lines = Array.from({ length: LINES_AT_ONCE }, () => {
          const words = Array.from({ length: below(5) }, () => WORDS[below(WORDS.length)]!);
          labels.push(`x${++label}`);
          return `@label=x${label};+typing=active ${verbs[below(verbs.length)]} ${words.join(' ')}`;
        });
        const answers = await client.raw(...lines);
        // RFC 2812 section 2.3; tags are counted apart.
        for (const line of answers) assert.ok(Buffer.byteLength(line.replace(/^@\S+ /, '')) <= 510, line);
        const answered = answers.flatMap((line) => /^@label=(x\d+)[; ]/.exec(line)?.[1] ?? []);
        // CAP REQ may have taken the labels away, or given them back: only then may some be without an answer.
        const isWhole = !lines.some((line) => line.includes(' CAP '));
        assert.equal(new Set(answered).size, answered.length, 'no label is answered twice');
        if (isWhole) assert.deepEqual(answered, labels);
      }),
    );
  }
  const witness = await IrcClient.join(server, 'witness');
  assert.match((await witness.all('WHOIS witness'))[0] ?? '', / 311 witness witness /);
});
