import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { commands } from '../../src/dialects/plain/command-table.ts';
import { IrcClient } from '../support/irc-client.ts';
import { startServer, type TestServer } from '../support/test-server.ts';
import type { TextClient } from '../support/text-client.ts';

const QUICK = { limits: { detection_ms: 10, enabled: false } };

/** A server with people on it, each with their name. */
async function party(t: TestContext, ...names: string[]): Promise<[TestServer, ...TextClient[]]> {
  const server = await startServer(t, QUICK);
  const people: TextClient[] = [];
  for (const name of names) {
    const client = await server.welcomed();
    client.send(`/nick ${name}\n`);
    await client.until(`* you are now ${name}\n`);
    people.push(client);
  }
  // Nobody's notices of the others' arrival are left over: each has seen the last name there is.
  for (const client of people.slice(0, -1)) await client.until(` is now ${names.at(-1)}\n`);
  return [server, ...people];
}

test('the table of commands holds just the files of the folder, sorted', () => {
  const files = readdirSync(new URL('../../src/dialects/plain/commands/', import.meta.url));
  assert.deepEqual(
    [...commands.keys()],
    files.map((file) => file.replace(/\.ts$/, '')).toSorted((a, b) => (a < b ? -1 : 1)),
  );
});

test('/nick names a speaker, tells those who use commands, and is refused with a reason', async (t) => {
  const [, alan, beth] = await party(t, 'alan', 'beth');
  alan!.send('hello\n');
  assert.equal(await beth!.line(), '<alan> :hello');
  alan!.send('/nick Alan\n');
  assert.equal(await beth!.line(), '* alan is now Alan');
  assert.equal(await alan!.line(), '* you are now Alan');
  for (const [asked, answer] of [
    ['beth', '* the name beth is taken; pick another with /nick NAME'],
    ['BETH', '* the name BETH is taken; pick another with /nick NAME'],
    ['Alan', '* you are Alan already'],
    ['-st', '* "-st" cannot be a name: it must begin with a letter'],
    ['guest12345', '* "guest12345" cannot be a name: names like that are kept for guests'],
    ['жlan', '* "жlan" cannot be a name: it mixes alphabets whose letters look alike'],
    ['x'.repeat(33), `* "${'x'.repeat(33)}" cannot be a name: it is longer than 32 characters`],
    ['a b', '* "a b" cannot be a name: it must be letters, digits and any of - _ [ ] { } \\ | ^ `, not " "'],
  ] as const) {
    alan!.send(`/nick ${asked}\n`);
    assert.equal(await alan!.line(), answer);
  }
  alan!.send('/nick\n');
  assert.equal(await alan!.line(), '* use it like this: /nick NAME');
});

test('/join enters a room and talks there; the others of the room see it, and another room is named', async (t) => {
  const [, alan, beth] = await party(t, 'alan', 'beth');
  alan!.send('/join games\n');
  assert.equal(await alan!.line(), '* you are in #games now; nobody else is');
  beth!.send('/join #GAMES\n');
  assert.equal(await beth!.line(), '* you are in #games now, with alan');
  assert.equal(await alan!.line(), '* beth joined #games');
  alan!.send('/join #lobby\n');
  assert.equal(await alan!.line(), '* you talk in #lobby now');
  alan!.send('in the lobby\n');
  assert.equal(await beth!.line(), '[#lobby] <alan> :in the lobby');
  beth!.send('in the games\n');
  assert.equal(await alan!.line(), '[#games] <beth> :in the games');
  alan!.send('/join a,b\n');
  assert.equal(await alan!.line(), '* "a,b" cannot be a room: it must not have "," in it');
});

test('a line after /join in the same burst goes to the new room', async (t) => {
  const [, alan, beth] = await party(t, 'alan', 'beth');
  beth!.send('/join x\n');
  await beth!.line();
  alan!.send('/join x\nhello x\n/join lobby\nhello lobby\n');
  assert.equal(await beth!.line(), '* alan joined #x');
  assert.equal(await beth!.line(), '<alan> :hello x');
  assert.equal(await beth!.line(), '[#lobby] <alan> :hello lobby');
});

test('/part leaves a room and says where one talks then; without a room nothing can be said', async (t) => {
  const [, alan, beth] = await party(t, 'alan', 'beth');
  alan!.send('/join x\n/part x see you\n/part\nhello?\n/part\n');
  await alan!.line();
  assert.equal(await alan!.line(), '* you left #x; you talk in #lobby now');
  assert.equal(await alan!.line(), '* you left #lobby; you are in no room now; /join one to talk');
  assert.equal(await alan!.line(), '* not sent: you are in no room; /join #lobby to talk');
  assert.equal(await alan!.line(), '* you are in no room');
  assert.equal(await beth!.line(), '* alan left #lobby');
  alan!.send('/part #lobby\n/part #nowhere\n');
  assert.equal(await alan!.line(), '* you are not in #lobby; /join #lobby first');
  assert.equal(await alan!.line(), '* there is no room "#nowhere"; /rooms lists them, /join makes one');
});

test('/me tells what one does, /msg reaches one person alone', async (t) => {
  const [server, alan, beth] = await party(t, 'alan', 'beth');
  alan!.send('/me waves\n/msg BETH psst  two  spaces\nall\n');
  assert.equal(await beth!.line(), '* alan waves');
  assert.equal(await beth!.line(), '[private] <alan> :psst  two  spaces');
  assert.equal(await beth!.line(), '<alan> :all');
  assert.equal(await alan!.line(), '* sent to beth alone');
  const guest = await server.welcomed();
  alan!.send(`/msg guest${guest.socket.localPort} hello guest\n`);
  assert.equal(await guest.line(), '[private] <alan> :hello guest');
  alan!.send('/msg nobody hi\n/msg beth\n');
  await alan!.line();
  assert.equal(await alan!.line(), '* nobody here is called "nobody"; /who lists who is');
  assert.equal(await alan!.line(), '* use it like this: /msg NAME TEXT');
  assert.deepEqual(
    server.journal.events.map(({ text }) => text),
    ['waves', 'all'],
    'the operator is not told of private messages',
  );
});

test('/msg and /who tell that somebody is away', async (t) => {
  const [server, alan] = await party(t, 'alan');
  const beth = await IrcClient.join(server, 'beth');
  await beth.all('JOIN #lobby', 'AWAY :out for lunch');
  await alan!.until('* beth is away (out for lunch)\n');
  alan!.send('/msg beth psst\n/who\n');
  assert.equal(await alan!.line(), '* sent to beth alone, who is away (out for lunch)');
  assert.equal(await alan!.line(), '* in #lobby: alan (you), beth (away)');
});

test('a voice is given and taken away', async (t) => {
  const [server, alan] = await party(t, 'alan');
  const beth = await IrcClient.join(server, 'beth');
  await beth.all('JOIN #den');
  alan!.send('/join den\n');
  await alan!.until('* you are in #den now, with beth\n');
  await beth.all('MODE #den +v alan', 'MODE #den -v alan');
  assert.equal(await alan!.line(), '* beth gave alan a voice in #den');
  assert.equal(await alan!.line(), "* beth took alan's voice in #den away");
});

test('/topic shows, sets and clears; in a room of one’s own only the operator may', async (t) => {
  const [, alan, beth] = await party(t, 'alan', 'beth');
  alan!.send('/topic\n/topic all  welcome\n/topic\n/topic -\n');
  assert.equal(await alan!.line(), '* #lobby has no topic; /topic TEXT sets one');
  assert.equal(await alan!.line(), '* topic of #lobby set');
  assert.equal(await alan!.line(), '* topic of #lobby: all  welcome (set by alan)');
  assert.equal(await alan!.line(), '* topic of #lobby cleared');
  assert.equal(await beth!.line(), '* alan set the topic of #lobby: all  welcome');
  assert.equal(await beth!.line(), '* alan cleared the topic of #lobby');
  alan!.send('/join x\n/topic mine\n');
  await alan!.until('#x set\n');
  beth!.send('/join x\n/topic yours\n');
  assert.equal(await beth!.line(), '* you are in #x now, with alan');
  assert.equal(await beth!.line(), '* topic: mine');
  assert.equal(await beth!.line(), '* only an operator of #x can do that');
  alan!.send(`/topic ${'x'.repeat(391)}\n`);
  await alan!.line();
  assert.equal(await alan!.line(), '* not sent: the text is too long (at most 390 bytes); send it in pieces');
});

test('/who and /rooms list people and rooms', async (t) => {
  const [server, alan] = await party(t, 'alan', 'beth');
  const guest = await server.welcomed();
  alan!.send('/who\n/join x\n/rooms\n/who nowhere\n');
  const port = guest.socket.localPort;
  assert.equal(await alan!.until('>\n'), `* in #lobby: alan (you), beth, guest${port} <127.0.0.1 : ${port}>\n`);
  await alan!.line();
  assert.equal(await alan!.line(), '* #lobby (3 people)');
  assert.equal(await alan!.line(), '* #x (1 person)');
  assert.equal(await alan!.line(), '* there is no room "nowhere"; /rooms lists them, /join makes one');
});

test('/help lists every command and explains one; an unknown one is pointed to it', async (t) => {
  const [, alan] = await party(t, 'alan');
  alan!.send('/help\n');
  const list = await alan!.until('with its slash\n');
  for (const name of commands.keys()) assert.ok(list.includes(`* /${name}`), `/help leaves out /${name}`);
  // A terminal has 80 columns.
  assert.deepEqual(
    list.split('\n').filter((line) => line.length > 79),
    [],
  );
  alan!.send('/help topic\n/help nothing\n/usr/bin is a folder\n');
  assert.match(await alan!.line(), /^\* \/topic \[TEXT\] {2}shows/);
  assert.equal(await alan!.line(), '* /topic - clears it');
  assert.equal(await alan!.line(), '* there is no such command; /help lists them');
  assert.equal(await alan!.line(), '* there is no command /usr/bin; try /help, or // to say a line with a slash');
});

test('a line that begins with two slashes is said with one', async (t) => {
  const [, alan, beth] = await party(t, 'alan', 'beth');
  alan!.send('//usr/bin is a folder\n');
  assert.equal(await beth!.line(), '<alan> :/usr/bin is a folder');
});

test('/quit says goodbye and ends the connection; the others are told why', async (t) => {
  const [, alan, beth] = await party(t, 'alan', 'beth');
  alan!.send('/quit gone fishing\nnot this\n');
  await alan!.end();
  assert.equal(alan!.rest, '* goodbye\n');
  assert.equal(await beth!.line(), '* alan left (gone fishing)');
  beth!.send('/nick alan\n');
  assert.equal(await beth!.line(), '* you are now alan');
});
