// IRCv3 channel-rename.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { killDevice, openDevice } from '../support/irc-device.ts';
import { withVerb, party, verbs } from '../support/irc-party.ts';
import { makeAccount } from '../support/log-in.ts';
import { newFolder, removeAfter } from '../support/temporary-folder.ts';

const RENAMING = 'draft/channel-rename batch labeled-response message-tags draft/chathistory draft/event-playback';

/** The texts of messages in a page of history. */
const texts = (lines: readonly string[]): string[] =>
  withVerb('PRIVMSG', lines).map((line) => line.split(' :')[1] ?? '');

// "Renaming a channel with a reason"; "The server to client command MUST always include the third parameter".
test('those who know RENAME are sent it, and nothing else of the channel changes', async (t) => {
  const [server] = await party(t, []);
  const [alan, beth] = [await IrcClient.join(server, 'alan', RENAMING), await IrcClient.join(server, 'beth', RENAMING)];
  await alan.all('JOIN #boaring', 'TOPIC #boaring :wood', 'MODE #boaring +mk key');
  await beth.all('JOIN #boaring key');
  await alan.heard();
  const answer = await alan.raw('@label=x RENAME #boaring #Boring :Typo fix');
  assert.match(answer.join('|'), /^@label=x;msgid=\w+ :alan!~alan@127\.0\.0\.1 RENAME #boaring #Boring :Typo fix$/);
  assert.deepEqual(await beth.all(), [':alan!~alan@127.0.0.1 RENAME #boaring #Boring :Typo fix']);
  assert.deepEqual(await beth.all('PRIVMSG #boring :x', 'TOPIC #boring', 'TOPIC #boaring'), [
    ':partyline.local 404 beth #Boring :Cannot send to channel (+m): you have no voice',
    ':partyline.local 332 beth #Boring wood',
    ...withVerb('333', await beth.all('TOPIC #boring')),
    ':partyline.local 403 beth #boaring :No such channel',
  ]);
  assert.match((await alan.all('MODE #boring')).join('|'), / 324 alan #Boring \+kmnt key\|/);
  assert.deepEqual(withVerb('353', await alan.all('NAMES #boring')), [
    ':partyline.local 353 alan = #Boring :@alan beth',
  ]);
  await alan.all('MODE #boring -m');
  await beth.heard();
  await alan.all('PRIVMSG #BORING :still here');
  assert.deepEqual(await beth.all(), [':alan!~alan@127.0.0.1 PRIVMSG #Boring :still here']);
  await beth.all('PART #boring');
  assert.deepEqual(verbs(await alan.all('PART #boring')), ['PART', 'PART']);
});

// "Fallback": PART with the reason, JOIN, and the usual messages; "If a client sends a valid RENAME command without having
// negotiated the capability, the server SHOULD rename the channel, but use the fallback".
test('those who do not know it are told that they have left the one and are in the other', async (t) => {
  const [server, { alan }] = await party(t, ['alan']);
  const beth = await IrcClient.join(server, 'beth', 'extended-join no-implicit-names');
  await alan.all('JOIN #foo', 'TOPIC #foo :hello');
  await beth.all('JOIN #foo');
  await alan.heard();
  await beth.all('PRIVMSG #foo :said before, and not again');
  await alan.heard();
  const told = await alan.all('RENAME #foo #bar :Changing the channel name');
  assert.deepEqual(
    told.map((line) => line.replace(/ \d{10}$/, ' TIME')),
    [
      ':alan!~alan@127.0.0.1 PART #foo :Changing the channel name',
      ':alan!~alan@127.0.0.1 JOIN #bar',
      ':partyline.local 332 alan #bar hello',
      ':partyline.local 333 alan #bar alan!~alan@127.0.0.1 TIME',
      ':partyline.local 353 alan = #bar :@alan beth',
      ':partyline.local 366 alan #bar :End of /NAMES list',
    ],
  );
  const others = await beth.all();
  assert.deepEqual(others.slice(0, 2), [
    ':beth!~beth@127.0.0.1 PART #foo :Changing the channel name',
    ':beth!~beth@127.0.0.1 JOIN #bar * :Real beth',
  ]);
  assert.deepEqual(verbs(others.slice(2)), ['332', '333']);
  await alan.all('PRIVMSG #bar :here');
  assert.deepEqual(await beth.all(), [':alan!~alan@127.0.0.1 PRIVMSG #bar :here']);
});

// "Implementations MUST allow channels to be renamed while only changing the casing of a channel name"; "This fallback
// SHOULD NOT be used if the rename only changes the case".
test('the case of letters alone may be changed, of which only those are told who know of such', async (t) => {
  const [server, { beth }] = await party(t, ['beth']);
  const alan = await IrcClient.join(server, 'alan', RENAMING);
  await alan.all('JOIN #Chan', 'PRIVMSG #chan :before');
  await beth.all('JOIN #chan');
  await alan.heard();
  assert.deepEqual(await alan.all('RENAME #chan #CHAN'), [':alan!~alan@127.0.0.1 RENAME #Chan #CHAN :']);
  assert.deepEqual(await beth.heard(), []);
  assert.deepEqual(withVerb('353', await beth.all('NAMES #chan')), [':partyline.local 353 beth = #CHAN :@alan beth']);
  assert.deepEqual(texts(await alan.all('CHATHISTORY LATEST #chan * 5')), ['before']);
});

// "For example flooding large channels with the fallback burst."
test('a channel with too many members keeps its name', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth'], { limits: { renamed_room_members: 1 } });
  await alan.all('JOIN #a');
  assert.deepEqual(verbs(await alan.all('RENAME #a #b')), ['PART', 'JOIN', '353', '366']);
  await beth.all('JOIN #b');
  await alan.heard();
  assert.deepEqual(await alan.all('RENAME #b #c'), [
    ':partyline.local FAIL RENAME CANNOT_RENAME #b #c :A channel with more than 1 members keeps its name',
  ]);
});

test('what is wrong with a rename is said, and nothing is changed', async (t) => {
  const [server, { beth }] = await party(t, ['beth'], { irc: { operators: ['root:correcthorse'] } });
  const alan = await IrcClient.join(server, 'alan', RENAMING);
  await alan.all('JOIN #a', 'JOIN #b', 'JOIN #lobby');
  await beth.all('JOIN #a');
  await alan.heard();
  assert.deepEqual(await beth.all('RENAME #a #c', 'RENAME #b #c', 'RENAME #none #c', 'RENAME #a', 'RENAME a #c'), [
    ':partyline.local 482 beth #a :You need +o or higher on that channel',
    ":partyline.local 442 beth #b :You're not on that channel",
    ':partyline.local 403 beth #none :No such channel',
    ':partyline.local 461 beth RENAME :Not enough parameters',
    ':partyline.local 403 beth a :No such channel',
  ]);
  const fail = (code: string, text: string): string => `:partyline.local FAIL RENAME ${code} :${text}`;
  assert.deepEqual(
    await alan.all('RENAME #a #B', 'RENAME #a #a', 'RENAME #a b', 'RENAME #a :#b c', 'RENAME #lobby #x'),
    [
      fail('CHANNEL_NAME_IN_USE #a #B', 'The channel name is already taken'),
      fail('CHANNEL_NAME_IN_USE #a #a', 'The channel name is already taken'),
      fail('CANNOT_RENAME #a b', 'A channel cannot be called so'),
      fail('CANNOT_RENAME #a *', 'A channel cannot be called so'),
      ':partyline.local 482 alan #lobby :You need +o or higher on that channel',
    ],
  );
  await beth.all('OPER root correcthorse');
  assert.deepEqual(await beth.all('RENAME #lobby #x'), [
    fail('CANNOT_RENAME #lobby #x', 'This channel keeps its name: it is where everybody begins'),
  ]);
  // An operator of the server need not be in it.
  assert.match((await beth.all('RENAME #b #c :so')).join('|'), /NOTICE #c :beth renamed #b to #c: so$/);
  assert.deepEqual(await alan.all(), [':beth!~beth@127.0.0.1 RENAME #b #c :so']);
});

// "This allows properties such as access and ban lists to be maintained, and avoids issues with [...] history".
test('history goes with the name, and a name that has a history of its own is taken', async (t) => {
  const [server] = await party(t, []);
  const alan = await IrcClient.join(server, 'alan', `${RENAMING} draft/read-marker`);
  const old = await IrcClient.join(server, 'beth', 'batch draft/chathistory draft/event-playback');
  await alan.all('JOIN #a', 'PRIVMSG #a :one', 'MARKREAD #a timestamp=2020-01-01T00:00:00.000Z');
  await old.all('JOIN #a');
  await alan.all('RENAME #a #b', 'PRIVMSG #b :two');
  const history = await alan.all('CHATHISTORY LATEST #b * 20');
  assert.deepEqual(texts(history), ['one', 'two']);
  assert.deepEqual(withVerb('RENAME', history), [':alan!~alan@127.0.0.1 RENAME #a #b :']);
  assert.ok(withVerb('PRIVMSG', history).every((line) => line.includes(' PRIVMSG #b :')));
  assert.deepEqual(withVerb('NOTICE', await old.all('CHATHISTORY LATEST #b * 20')), [
    ':partyline.local NOTICE #b :alan renamed #a to #b',
  ]);
  assert.deepEqual(withVerb('MARKREAD', await alan.all('MARKREAD #b')), [
    ':partyline.local MARKREAD #b timestamp=2020-01-01T00:00:00.000Z',
  ]);
  // Whoever makes a channel of the old name begins anew.
  assert.deepEqual(texts(await alan.all('JOIN #a', 'CHATHISTORY LATEST #a * 20')), []);
  await alan.all('PRIVMSG #a :another', 'PART #a');
  assert.deepEqual(await alan.all('RENAME #b #a'), [
    ':partyline.local FAIL RENAME CHANNEL_NAME_IN_USE #b #a :The channel name is already taken',
  ]);
  assert.deepEqual(texts(await alan.all('JOIN #a', 'CHATHISTORY LATEST #a * 20')), ['another']);
});

test('a registered channel is renamed by its founder alone, and all that is kept of it comes back under the new name', async (t) => {
  const folder = newFolder();
  const databaseFile = join(folder, 'partyline.db');
  const [server] = await party(t, [], { databaseFile });
  for (const name of ['alan', 'beth']) await makeAccount(server, name);
  const { client: alan } = await openDevice(server, 'alan', { capabilities: `${RENAMING} draft/read-marker` });
  const { client: beth } = await openDevice(server, 'beth', { capabilities: RENAMING });
  await beth.all('PERSISTENCE SET ON', 'JOIN #free', 'PRIVMSG #free :mine');
  await alan.all('JOIN #old', 'CS REGISTER #old', 'PRIVMSG #old :kept', 'MODE #old +b x!*@*');
  await alan.all('MARKREAD #old timestamp=2021-01-01T00:00:00.000Z');
  await beth.all('JOIN #old');
  await alan.all('MODE #old +o beth');
  await beth.heard();
  assert.deepEqual(await beth.all('RENAME #old #new', 'RENAME #free #mine'), [
    ':partyline.local 482 beth #old :You need +q or higher on that channel',
    ':beth!~beth@127.0.0.1 RENAME #free #mine :',
  ]);
  await alan.heard();
  assert.deepEqual(verbs(await alan.all('RENAME #old #new')), ['RENAME']);
  const { client: other } = await openDevice(server, 'beth');
  await killDevice(beth, other);
  await server.close();
  const [again] = await party(t, [], { databaseFile });
  removeAfter(t, folder);
  const { client } = await openDevice(again, 'alan', { capabilities: `${RENAMING} draft/read-marker` });
  const entered = await client.all('JOIN #new');
  assert.deepEqual(withVerb('353', entered), [':partyline.local 353 alan = #new :@beth ~alan']);
  assert.deepEqual(withVerb('MARKREAD', entered), [
    ':partyline.local MARKREAD #new timestamp=2021-01-01T00:00:00.000Z',
  ]);
  const kept = await client.all('CHATHISTORY LATEST #new * 50', 'MODE #new b');
  assert.deepEqual(texts(kept), ['kept']);
  assert.equal(withVerb('367', kept).length, 1);
  assert.deepEqual(withVerb('353', await client.all('JOIN #mine')), [':partyline.local 353 alan = #mine :@beth alan']);
  assert.deepEqual(withVerb('353', await client.all('JOIN #old')), [':partyline.local 353 alan = #old :@alan']);
});

test('what is done before a rename is told and kept as ever, also when all of it comes at once', async (t) => {
  const folder = newFolder();
  const databaseFile = join(folder, 'partyline.db');
  const [server, { beth }] = await party(t, ['beth'], { databaseFile });
  const alan = await IrcClient.join(server, 'alan', RENAMING);
  await alan.all('JOIN #a');
  await beth.all('JOIN #a');
  await alan.all('MODE #a +o beth', 'PRIVMSG #a :between us');
  await beth.heard();
  await alan.all('PRIVMSG @#a :for operators', 'MODE #a +s', 'RENAME #a #b', 'PRIVMSG #b :after');
  assert.deepEqual(verbs(await beth.all()), ['PRIVMSG', 'MODE', 'PART', 'JOIN', '353', '366', 'PRIVMSG']);
  await server.close();
  // Not everybody could come in, and nobody is there any more: whoever makes a channel of that name begins anew.
  const [again] = await party(t, [], { databaseFile });
  removeAfter(t, folder);
  const carl = await IrcClient.join(again, 'carl', RENAMING);
  assert.deepEqual(texts(await carl.all('JOIN #b', 'CHATHISTORY LATEST #b * 20')), []);
});

test('plain people are told in a line, go on talking there, and may rename a room themselves', async (t) => {
  const [server] = await party(t, []);
  const alan = await IrcClient.join(server, 'alan', RENAMING);
  const plain = await server.welcomed();
  plain.send('/nick bob\n/join #a\n');
  await plain.until('nobody else is\n');
  await alan.all('JOIN #a');
  plain.send('/rename b\n');
  await plain.until('* bob renamed #a to #b\n');
  assert.match((await alan.all()).join('|'), /^:bob!\S+ RENAME #a #b :$/);
  plain.send('over here\n/rename lobby\n');
  await plain.until('the name #lobby is taken: a room is called so, or was when something was said there\n');
  assert.match((await alan.all()).join('|'), /PRIVMSG #b :over here$/);
  plain.send('/part #b\n');
  await plain.until('you left #b');
  await alan.all('PART #b', 'JOIN #c');
  plain.send('/join #c\n/rename d\n');
  await plain.until('* only an operator of #c can do that\n');
});
