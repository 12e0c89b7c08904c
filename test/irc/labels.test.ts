// IRCv3 labeled-response: "Servers MUST include the tag in exactly one logical message", whatever becomes of the line.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { party } from '../support/irc-party.ts';
import { startServer } from '../support/test-server.ts';

const CAPABILITIES = 'labeled-response batch echo-message';
const LONG = 'a'.repeat(5000);

test('a line that is not taken answers its label: too long, or not UTF-8', async (t) => {
  const [server, { beth }] = await party(t, ['beth']);
  const alan = await IrcClient.join(server, 'alan', `${CAPABILITIES} message-tags`);
  const tooLong = ':partyline.local 417 alan :Input line was too long';
  assert.deepEqual(
    await alan.raw(
      `@label=body PRIVMSG beth :${'x'.repeat(500)}`,
      `@label=tags;+x=${'a'.repeat(4090)} TAGMSG beth`,
      `@+x=${'a'.repeat(4090)};label=tags-last TAGMSG beth`,
      `@label=both;+x=${LONG} PRIVMSG beth :${LONG}`,
      `@label=no-space;+x=${LONG}`,
      `@+x=${LONG};label=out-of-reach PING x`,
    ),
    ['body', 'tags', 'tags-last', 'both', 'no-space'].map((label) => `@label=${label} ${tooLong}`).concat(tooLong),
  );
  alan.text.send(Buffer.concat([Buffer.from('@label=é PRIVMSG beth :'), Buffer.from([0xff, 0x0d, 0x0a])]));
  assert.match((await alan.raw()).join('|'), /^@label=é :partyline\.local FAIL PRIVMSG INVALID_UTF8 :/);
  assert.deepEqual(await beth.heard(), []);
});

test('a command that comes too fast answers its label at once, others together', async (t) => {
  const limits = { detection_ms: 10, command_burst: 2, commands_per_second: 0.01 };
  const server = await startServer(t, { limits });
  const alan = new IrcClient(await server.open());
  alan.send('CAP REQ :labeled-response batch standard-replies', 'NICK alan', 'USER a 0 * :A', 'CAP END');
  await alan.text.until(' 422 alan :MOTD File is missing\r\n');
  alan.send('TIME', '@label=a VERSION', '@label=b TOPIC #a', `@label=c ${'x'.repeat(600)}`, 'TOPIC #a', 'TOPIC #b');
  await alan.text.until('@label=a :');
  const told = await alan.text.until('FAIL * RATE_LIMITED :Your last 2 commands were not taken');
  for (const [label, verb] of [
    ['b', 'TOPIC'],
    ['c', '\\*'],
  ]) {
    const answer = new RegExp(`^@label=${label} :partyline\\.local FAIL ${verb} RATE_LIMITED :Your command was`, 'gm');
    assert.equal(told.match(answer)?.length, 1, label);
  }
});

// IRCv3 standard-replies: those that no other specification names are for clients that ask for them. irssi shows a FAIL
// as it goes over the wire.
test('a client without standard-replies is told in words that it was too fast', async (t) => {
  const limits = { detection_ms: 10, command_burst: 1, commands_per_second: 0.01 };
  const alan = await IrcClient.join(await startServer(t, { limits }), 'alan');
  alan.send('TIME', 'TIME');
  const told = await alan.text.until(' s\r\n');
  assert.match(
    told,
    /:partyline\.local NOTICE alan :Your last (2 commands were|command was) not taken: too fast; try again/,
  );
});

// "The value MUST NOT exceed 64 bytes", and it is required.
test('a label that is empty or too long is none', async (t) => {
  const [server] = await party(t, []);
  const alan = await IrcClient.join(server, 'alan', CAPABILITIES);
  const longest = 'x'.repeat(64);
  assert.deepEqual(await alan.raw('@label= PONG', '@label PONG', `@label=${longest}x PONG`, `@label=${longest} PONG`), [
    `@label=${longest} :partyline.local ACK`,
  ]);
});

// "When a client sends a message to itself, the server MUST NOT include the label tag, except for any acknowledgment".
test('the label is on the echo alone: not on what others get, nor on what one sends oneself', async (t) => {
  const [server] = await party(t, []);
  const [alan, beth] = [
    await IrcClient.join(server, 'alan', `${CAPABILITIES} message-tags`),
    await IrcClient.join(server, 'beth', `${CAPABILITIES} message-tags`),
  ];
  for (const line of ['PRIVMSG beth :x', 'NOTICE beth :x', 'TAGMSG beth']) {
    const echoes = await alan.raw(`@label=1;+draft/react=🙂 ${line}`);
    assert.equal(echoes.length, 1);
    const [heard = ''] = await beth.raw();
    assert.equal(echoes[0], heard.replace('@', '@label=1;'), 'the same id, time and tags');
  }
  for (const line of ['PRIVMSG alan :x', 'NOTICE alan :x', 'TAGMSG alan']) {
    const both = await alan.raw(`@label=2;+draft/react=🙂 ${line}`);
    const echoes = both.filter((message) => message.startsWith('@label=2;'));
    assert.deepEqual([both.length, echoes.length], [2, 1]);
    assert.ok(both.includes(echoes[0]?.replace('label=2;', '') ?? ''));
  }
});

test('several answers are one batch, whose end has no tags', async (t) => {
  const [server] = await party(t, ['beth', 'carl']);
  const alan = await IrcClient.join(server, 'alan', `${CAPABILITIES} server-time`);
  const lines = await alan.raw('@label=1 PRIVMSG beth,carl :x');
  const [start = '', first = '', second = '', end = ''] = lines;
  assert.equal(lines.length, 4);
  assert.match(start, /^@label=1 :partyline\.local BATCH \+[A-Za-z0-9-]+ labeled-response$/);
  const reference = /\+(\S+)/.exec(start)?.[1] ?? '';
  for (const line of [first, second]) assert.match(line, new RegExp(`^@batch=${reference};time=\\S+ :alan!`));
  assert.equal(end, `:partyline.local BATCH -${reference}`);
});
