// RFC 1459 section 8.2: a client need not wait for answers. However its bytes come, it is answered the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands } from '../../src/dialects/irc/command-table.ts';
import { IrcClient } from '../support/irc-client.ts';
import { party } from '../support/irc-party.ts';

/** What comes behind each verb; for most of them once as it should be and once not. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  ACCEPT: ['beth', '*'],
  AUTHENTICATE: ['PLAIN'],
  AWAY: [':out to lunch', ''],
  CAP: ['LS 302', 'LIST', 'NONSENSE'],
  DLINE: ['198.51.100.0/24 :spam'],
  INVITE: ['beth #a', 'nobody #a'],
  JOIN: ['#a,#b', 'nonsense'],
  KICK: ['#b beth :out'],
  KILL: ['nobody :out'],
  KLINE: ['60 *@198.51.100.7 :spam'],
  MODE: ['#a +mb *!*@x', 'alan +i', '#a'],
  MONITOR: ['+ beth,carl', 'L', 'C'],
  NICK: ['alan', 'beth', '*'],
  NOTICE: ['beth :note', 'nobody :note'],
  OPER: ['root correct-horse', 'root wrong'],
  PART: ['#b :bye', '#none'],
  PRIVMSG: ['beth,#a :hé 🙂', 'nobody :x', 'beth'],
  SAJOIN: ['beth #b'],
  SAMODE: ['#a -m'],
  SETNAME: [':Alan Turing'],
  TAGMSG: ['beth'],
  TOPIC: ['#a :the topic', '#a'],
  UNDLINE: ['198.51.100.0/24'],
  UNKLINE: ['*@198.51.100.7'],
  USERHOST: ['alan beth'],
  WALLOPS: [':hello'],
  WHO: ['#a', '#a %tcuhnfar,7'],
  WHOIS: ['beth', 'nobody'],
};

/** Verbs that need an order: rooms and powers come first. */
const FIRST = ['JOIN', 'OPER'];
/** What others are made to do they do when they are told of it, so that no answer may depend on that. */
const LAST = ['SAJOIN'];

function allLines(): string[] {
  const verbs = [...commands.keys()].filter((verb) => verb !== 'QUIT' && ![...FIRST, ...LAST].includes(verb));
  const lines = [...FIRST, ...verbs, ...LAST].flatMap((verb) =>
    (PARAMETERS[verb] ?? ['']).map((rest) => `${verb} ${rest}`.trim()),
  );
  return lines.map((line, index) => `@label=${index};+typing=active ${line}`);
}

test('every command is answered the same in one piece, byte by byte and one at a time', async (t) => {
  const lines = allLines();
  const answers: string[][] = [];
  for (const way of ['whole', 'bytes', 'waiting']) {
    const [server] = await party(t, ['beth'], { irc: { operators: ['root:correct-horse'] } });
    const alan = await IrcClient.join(server, 'alan', 'labeled-response batch echo-message');
    const bytes = Buffer.from(lines.map((line) => `${line}\r\n`).join(''));
    const answer: string[] = [];
    if (way === 'whole') alan.text.send(bytes);
    else if (way === 'bytes') for (const byte of bytes) alan.text.send(Buffer.from([byte]));
    else for (const line of lines) answer.push(...(await alan.raw(line)));
    answer.push(...(await alan.raw()));
    const labels = answer.flatMap((line) => /^@label=(\d+) /.exec(line)?.[1] ?? []);
    assert.deepEqual(
      labels,
      lines.map((_, index) => `${index}`),
      way,
    );
    // Times and ports are of the moment.
    answers.push(answer.map((line) => line.replaceAll(/\d+(?:[:.]\d+)*/g, '#')));
    alan.send('QUIT');
    await alan.text.end();
  }
  assert.deepEqual(answers[1], answers[0]);
  assert.deepEqual(answers[2], answers[0]);
});
