import assert from 'node:assert/strict';
import { test } from 'node:test';
import { only, party, verbs } from '../support/irc-party.ts';
import { IrcClient } from '../support/irc-client.ts';

const PASSWORD = 'correct horse battery';

/** What NickServ, or another service, said. */
function said(lines: readonly string[]): string[] {
  return only('NOTICE', lines).map((line) => line.slice(line.indexOf(' :') + 2));
}

test('NickServ makes an account of a nick, which nobody else may have then', async (t) => {
  const [server, { alan }] = await party(t, ['alan']);
  const lines = await alan.all(`PRIVMSG NickServ :REGISTER ${PASSWORD}`);
  assert.equal(lines[0], ':NickServ!NickServ@partyline.local NOTICE alan :Account created');
  assert.equal(
    only('900', lines)[0],
    ':partyline.local 900 alan alan!~alan@127.0.0.1 alan :You are now logged in as alan',
  );
  alan.send('QUIT');
  await alan.text.end();
  const other = await IrcClient.join(server, 'beth');
  assert.deepEqual(verbs(await other.all('NICK alan')), ['433']);
});

test('a password is asked for once more by name; a wrong one is refused, whoever is asked for', async (t) => {
  const [server, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all(`NS REGISTER ${PASSWORD}`);
  assert.deepEqual(
    said(await beth.all('NS IDENTIFY alan wrong-password')),
    said(await beth.all('NS IDENTIFY zoe wrong-password')),
  );
  const lines = await beth.all(`PRIVMSG nickserv@partyline.local :IDENTIFY alan ${PASSWORD}`);
  assert.deepEqual([verbs(lines).includes('900'), said(lines)], [true, ['You are now logged in as alan']]);
  assert.equal(server.journal.faults.length, 0);
});

test('what is said to a service is heard by nobody, and is in no history', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all(
    'CAP REQ :echo-message batch labeled-response draft/chathistory',
    `PRIVMSG NickServ :REGISTER ${PASSWORD}`,
  );
  const [echo] = await alan.all('@label=x PRIVMSG NickServ :INFO');
  assert.match(echo ?? '', /BATCH \+\S+ labeled-response$/);
  assert.deepEqual(await beth.heard(), []);
  assert.deepEqual(
    verbs(
      await alan.all('CHATHISTORY TARGETS timestamp=2020-01-01T00:00:00.000Z timestamp=2099-01-01T00:00:00.000Z 10'),
    ),
    ['BATCH', 'BATCH'],
  );
});

test('a service lists its commands, explains each, and says when it knows none', async (t) => {
  const [, { alan }] = await party(t, ['alan']);
  const help = said(await alan.all('NS HELP'));
  assert.equal(help[0], 'NickServ: keeps accounts and their nicks');
  assert.ok(help.some((line) => line.startsWith('  REGISTER <password>')));
  assert.deepEqual(said(await alan.all('NS HELP identify')), [
    'IDENTIFY [<account>] <password>: Logs you in; without an account, to that of your nick.',
  ]);
  assert.deepEqual(said(await alan.all('NS DANCE')), ['There is no command DANCE; HELP lists them']);
  assert.deepEqual(said(await alan.all('NS REGISTER')), ['Use it like this: REGISTER <password>']);
  assert.deepEqual(verbs(await alan.all('NICK ChanServ')), ['432']);
});
