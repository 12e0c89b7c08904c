// Replies and reactions: IRCv3 reply and react (client tags), kept and shown to everybody.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { party } from '../support/irc-party.ts';

const MODERN = 'message-tags server-time batch echo-message draft/chathistory draft/event-playback';

function idOf(line = ''): string {
  const id = /msgid=(\w+)/.exec(line)?.[1];
  assert.ok(id !== undefined, `no id: ${line}`);
  return id;
}

test('a reaction is in history for those who want events, and nobody sees that somebody was typing', async (t) => {
  const [server] = await party(t, []);
  const alan = await IrcClient.join(server, 'alan', MODERN);
  const old = await IrcClient.join(server, 'old', 'message-tags batch draft/chathistory');
  await old.all('JOIN #a');
  await alan.all('JOIN #a');
  const [said] = await alan.raw('PRIVMSG #a :hello');
  await alan.all('@+typing=active TAGMSG #a', `@+draft/reply=${idOf(said)};+draft/react=👍 TAGMSG #a`);
  await alan.all(`@+draft/reply=${idOf(said)};+draft/unreact=👍 TAGMSG #a`, 'PRIVMSG #a :more');
  await old.heard();
  const events = (await alan.raw('CHATHISTORY LATEST #a * 10')).filter((line) => /PRIVMSG|TAGMSG/.test(line));
  assert.equal(events.length, 4);
  assert.match(events[1] ?? '', new RegExp(`;\\+draft/reply=${idOf(said)};\\+draft/react=👍 :alan!\\S+ TAGMSG #a$`));
  assert.match(events[2] ?? '', /;\+draft\/unreact=👍 :alan!\S+ TAGMSG #a$/);
  const messages = await old.all('CHATHISTORY LATEST #a * 10');
  assert.deepEqual(
    messages.filter((line) => line.includes('MSG')).map((line) => line.split(' :').at(-1)),
    ['hello', 'more'],
  );
});

test('what has no text is kept if its author says so, in talks too, and told with all its tags', async (t) => {
  const [server, { beth }] = await party(t, ['beth']);
  const alan = await IrcClient.join(server, 'alan', MODERN);
  await alan.all('JOIN #a');
  for (const target of ['#a', 'beth']) {
    const [sent] = await alan.raw(`@+example=value;+draft/persist TAGMSG ${target}`, `@+example=no TAGMSG ${target}`);
    const kept = (await alan.raw(`CHATHISTORY LATEST ${target} * 10`)).filter((line) => line.includes('TAGMSG'));
    assert.equal(kept.length, 1);
    assert.match(
      kept[0] ?? '',
      new RegExp(`msgid=${idOf(sent)};\\+example=value;\\+draft/persist .* TAGMSG ${target}$`),
    );
  }
  await beth.all('CAP REQ :batch draft/chathistory');
  assert.equal((await beth.all('CHATHISTORY LATEST alan * 10')).length, 2, 'nothing but the batch');
});

test('plain people read what somebody reacts to and replies to; who has only talked sees the message alone', async (t) => {
  const [server] = await party(t, []);
  const [plain, bare] = [await server.welcomed(), await server.welcomed()];
  plain.send('/topic\n');
  await plain.line();
  const [alan, beth] = [await IrcClient.join(server, 'alan', MODERN), await IrcClient.join(server, 'beth', MODERN)];
  for (const client of [alan, beth]) await client.all('JOIN #lobby');
  const said = (await alan.raw('PRIVMSG #lobby :the first words of a message that goes on for a while')).at(-1);
  const reply = `+draft/reply=${idOf(said)}`;
  await beth.all(
    `@${reply};+draft/react=👍 TAGMSG #lobby`,
    `@+typing=active TAGMSG #lobby`,
    `@${reply} PRIVMSG #lobby :I see`,
    `@${reply} PRIVMSG #lobby :alan: so do I`,
    `@${reply};+draft/unreact=👍 TAGMSG #lobby`,
    '@+draft/reply=nosuch;+draft/react=x TAGMSG #lobby',
    'PRIVMSG #lobby :end',
  );
  assert.equal(
    await plain.until('end\n'),
    [
      '* alan joined #lobby',
      '* beth joined #lobby',
      '<alan> :the first words of a message that goes on for a while',
      '* beth reacts with 👍 to alan\'s "the first words of a message that goes ..."',
      '<beth> :(to alan) I see',
      '<beth> :alan: so do I',
      '* beth takes back 👍 to alan\'s "the first words of a message that goes ..."',
      '* beth reacts with x',
      '<beth> :end\n',
    ].join('\n'),
  );
  const heard = await bare.until('end\n');
  assert.ok(heard.endsWith('for a while\n<beth> :I see\n<beth> :alan: so do I\n<beth> :end\n'), heard);
});

test('a reply in one channel does not tell what was said in another, nor what was for its operators', async (t) => {
  const [server] = await party(t, []);
  const plain = await server.welcomed();
  plain.send('/topic\n');
  await plain.line();
  const alan = await IrcClient.join(server, 'alan', MODERN);
  await alan.all('JOIN #secret', 'JOIN #lobby');
  const [secret] = await alan.raw('PRIVMSG #secret :hidden');
  const [held] = (await alan.raw('PRIVMSG @#secret :for operators')).slice(-1);
  await alan.all(
    `@+draft/reply=${idOf(secret)};+draft/react=1 TAGMSG #lobby`,
    `@+draft/reply=${idOf(held)};+draft/react=2 TAGMSG #secret`,
    'PRIVMSG #lobby :end',
  );
  assert.equal(await plain.until('end\n'), '* alan joined #lobby\n* alan reacts with 1\n<alan> :end\n');
});
