import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withVerb, party, verbs } from '../support/irc-party.ts';
import { IrcClient } from '../support/irc-client.ts';
import { joinAs, makeAccount, plainLogin } from '../support/log-in.ts';

const PASSWORD = 'correct horse battery';

/** What NickServ, or another service, said. */
function said(lines: readonly string[]): string[] {
  return withVerb('NOTICE', lines).map((line) => line.slice(line.indexOf(' :') + 2));
}

test('NickServ makes an account of a nick, which nobody else may have then', async (t) => {
  const [server, { alan }] = await party(t, ['alan']);
  const lines = await alan.all(`PRIVMSG NickServ :REGISTER ${PASSWORD}`);
  assert.equal(lines[0], ':NickServ!NickServ@partyline.local NOTICE alan :Account created');
  assert.equal(
    withVerb('900', lines)[0],
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
  assert.deepEqual(said(await alan.all('NS REGISTER')), ['Use it like this: REGISTER <password> [<e-mail>]']);
  assert.deepEqual(verbs(await alan.all('NICK ChanServ')), ['432']);
});

test('a password is changed by whoever knows the old one, a label answered once', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('CAP REQ :batch labeled-response', 'NS REGISTER one-long-password');
  assert.deepEqual(said(await alan.all('NS PASSWD wrong-one another-one')), [
    'There is no such account, or it has another password',
  ]);
  const answer = await alan.raw('@label=7 NS PASSWD one-long-password another-long-one');
  assert.equal(answer.filter((line) => line.startsWith('@label=7 ')).length, 1);
  assert.deepEqual(said(answer.map((line) => line.slice(line.indexOf(' ') + 1))), ['Password changed']);
  assert.ok(said(await beth.all('NS IDENTIFY alan another-long-one')).includes('You are now logged in as alan'));
});

test("nicks are grouped and given up; settings and certificates are the account's own", async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('NS REGISTER one-long-password', 'NICK turing');
  assert.deepEqual(said(await alan.all('NS GROUP')), ['turing belongs to alan now']);
  await alan.all('NICK alan');
  assert.deepEqual(verbs(await beth.all('NICK turing')), ['433']);
  assert.deepEqual(said(await alan.all('NS UNGROUP turing')), ['turing is no longer yours']);
  assert.deepEqual(verbs(await beth.all('NICK turing')), ['NICK']);
  assert.deepEqual(said(await alan.all('NS SET HISTORY OFF')), ['HISTORY is off now']);
  assert.deepEqual(said(await alan.all('NS SET DANCE ON')), [
    'Use it like this: SET ALWAYS-ON|HISTORY|MULTICLIENT ON|OFF, or SET EMAIL <address>',
  ]);
  assert.deepEqual(said(await alan.all('NS SET EMAIL alan')), ['That is no address of e-mail']);
  assert.deepEqual(said(await alan.all('NS SET EMAIL a@example.org')), ['EMAIL is a@example.org now']);
  assert.ok(said(await alan.all('NS INFO')).includes('E-mail: a@example.org'));
  assert.ok(!(await beth.all('NS INFO alan')).join('').includes('example.org'), "it is nobody else's");
  const fingerprint = 'ab'.repeat(32);
  assert.deepEqual(said(await alan.all(`NS CERT ADD ${fingerprint}`, 'NS CERT LIST')), [
    'Certificate added',
    fingerprint,
    '1 certificate logs you in',
  ]);
  assert.deepEqual(said(await alan.all('NS CERT ADD')), [
    'You are connected without a certificate; give its fingerprint',
  ]);
  assert.deepEqual(said(await beth.all('NS CERT LIST')), ['You must be logged in to an account']);
});

// As Ergo has it.
test('whoever wants to be here once at a time has their nick refused to another client; the ones here stay', async (t) => {
  const [server, { beth }] = await party(t, ['beth']);
  await makeAccount(server, 'alan');
  const alan = await joinAs(server, 'alan');
  const second = await joinAs(server, 'alan');
  assert.deepEqual(said(await alan.all('NS SET MULTICLIENT FALSE')), ['MULTICLIENT is off now']);
  await assert.rejects(joinAs(server, 'alan'), / 433 alan alan :Nickname is already in use/);
  await beth.all('PRIVMSG alan :hello');
  for (const device of [alan, second]) assert.deepEqual(withVerb('PRIVMSG', await device.heard()).length, 1);
  assert.deepEqual(said(await second.all('NS SET MULTICLIENT on')), ['MULTICLIENT is on now']);
  await joinAs(server, 'alan');
});

test('an account is given up by its owner, who knows the password', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('NS REGISTER one-long-password');
  await alan.all('NS LOGOUT');
  assert.deepEqual(verbs(await beth.all('NICK alan')), ['433']);
  await alan.all('NS IDENTIFY alan one-long-password');
  const question = said(await alan.all('NS DROP one-long-password'));
  assert.match(question[0] ?? '', /^Say what is to become of what you said: DROP KEEP\|ERASE <password>\. /);
  assert.deepEqual(said(await alan.all('NS DROP KEEP another-password')), [
    'There is no such account, or it has another password',
  ]);
  assert.deepEqual(said(await alan.all('NS DROP KEEP one-long-password')), [
    'The account alan is deleted; what you said stays',
  ]);
  assert.deepEqual(said(await beth.all('NS INFO alan')), ['alan is no account']);
});

test('whoever gives an account up has what they said with it deleted, if they say so', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await beth.all('CAP REQ :message-tags batch draft/chathistory');
  await alan.all('JOIN #a', 'PRIVMSG #a :as a guest', 'NS REGISTER one-long-password', 'PRIVMSG #a :as alan');
  await beth.all('JOIN #a');
  const history = async (): Promise<string[]> => withVerb('PRIVMSG', await beth.all('CHATHISTORY LATEST #a * 10'));
  assert.equal((await history()).length, 2);
  assert.deepEqual(said(await alan.all('NS DROP ERASE one-long-password')), [
    'What alan said here has been deleted',
    'The account alan is deleted; what you said is being deleted',
  ]);
  let left: string[];
  // It goes on beside the chat.
  do left = await history();
  while (left.length > 1);
  assert.match(left[0] ?? '', / :as a guest$/);
});

test('operators of the server suspend, rename and delete accounts; others do not', async (t) => {
  const [server, { root, alan, beth }] = await party(t, ['root', 'alan', 'beth'], {
    irc: { operators: ['root:operator-password'] },
  });
  await root.all('OPER root operator-password');
  await alan.all('NS REGISTER one-long-password');
  assert.deepEqual(said(await beth.all('NS SUSPEND alan')), ['That is for operators of the server']);
  assert.ok(said(await root.all('NS RENAME alan turing')).includes('alan is turing now'));
  assert.ok(said(await root.all('NS SUSPEND turing spam and worse')).includes('The account turing is suspended'));
  await alan.text.end();
  const again = await IrcClient.join(server, 'again');
  assert.deepEqual(said(await again.all('NS IDENTIFY turing one-long-password')), ['The account turing is suspended']);
  assert.ok(said(await root.all('NS UNSUSPEND turing')).includes('The account turing is no longer suspended'));
  assert.ok(said(await again.all('NS IDENTIFY turing one-long-password')).includes('You are now logged in as turing'));
  assert.ok(
    said(await root.all('NS ERASE turing')).includes(
      'The account turing is deleted; what was said with it is being deleted',
    ),
  );
  assert.deepEqual(said(await beth.all('NS SAREGISTER carl one-long-password')), [
    'That is for operators of the server',
  ]);
  assert.ok(said(await root.all('NS SAREGISTER carl one-long-password')).includes('The account carl is there'));
  const carl = await IrcClient.join(server, 'dora');
  assert.ok(verbs(await carl.all(...plainLogin('carl', 'one-long-password'))).includes('903'));
});

test("a connection of one's own that still has one's nick is ended, and nobody else's", async (t) => {
  const [server, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all(`NS REGISTER ${PASSWORD}`, 'JOIN #a');
  await beth.all('JOIN #a');
  const again = await IrcClient.join(server, 'alan_');
  assert.deepEqual(said(await again.all('NS GHOST alan')), ['You must be logged in to an account']);
  assert.deepEqual(said(await again.all('NS GHOST alan wrong-password')), [
    'There is no such account, or it has another password',
  ]);
  assert.deepEqual(said(await again.all(`NS GHOST alan ${PASSWORD}`)), [
    'alan is disconnected; you can be called so now',
  ]);
  await alan.text.end();
  assert.deepEqual(verbs(await again.all('NICK alan')), ['NICK']);
  assert.deepEqual(await beth.heard(), [':alan!~alan@127.0.0.1 QUIT :Killed (alan_ (ended by its owner))']);
  assert.deepEqual(said(await again.all('NS GHOST beth', 'NS GHOST alan', 'NS GHOST nobody')), [
    'beth is not you, or is this very connection',
    'alan is not you, or is this very connection',
    'No such nick/channel',
  ]);
});

test('a password may have blanks in it', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('NS REGISTER correct horse battery');
  assert.deepEqual(
    said(await beth.all('NS IDENTIFY correct horse battery', 'NS IDENTIFY alan correct horse battery')),
    ['There is no such account, or it has another password', 'You are now logged in as alan'],
  );
});
