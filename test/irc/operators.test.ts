// What operators of the server can do: RFC 2812 sections 3.1.4 and 3.7, and what every server of today has besides.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { newFolder, removeAfter } from '../support/temporary-folder.ts';
import { startServer, type TestServer } from '../support/test-server.ts';

const OPEN = {
  limits: { detection_ms: 10, enabled: false },
  irc: { operators: ['root:correct horse'.replace(' ', '-')] },
};
const DENIED = ":partyline.local 481 alan :Permission Denied- You're not an IRC operator";

async function withOperator(
  t: TestContext,
  changes: Parameters<typeof startServer>[1] = {},
): Promise<{ server: TestServer; oper: IrcClient; alan: IrcClient }> {
  const server = await startServer(t, { ...OPEN, ...changes });
  const oper = await IrcClient.join(server, 'oper');
  await oper.all('OPER root correct-horse');
  return { server, oper, alan: await IrcClient.join(server, 'alan') };
}

// RFC 2812 section 3.1.4: 381, 464; ERR_NOPRIVILEGES for everybody else.
test('OPER takes the right name and password only, and what is for operators is for nobody else', async (t) => {
  const { alan } = await withOperator(t);
  assert.deepEqual(await alan.all('OPER root wrong', 'OPER nobody correct-horse', 'OPER root'), [
    ':partyline.local 464 alan :Password incorrect',
    ':partyline.local 464 alan :Password incorrect',
    ':partyline.local 461 alan OPER :Not enough parameters',
  ]);
  const commands = ['KILL oper', 'KLINE x!*@*', 'UNKLINE x', 'DLINE 192.0.2.1', 'UNDLINE 192.0.2.1', 'REHASH'];
  const more = ['CHGHOST alan a.example', 'SAJOIN #a', 'SAMODE #a +o alan', 'WALLOPS :hi', 'STATS k', 'STATS d'];
  const answers = await alan.all(...commands, ...more);
  assert.deepEqual(
    answers.filter((line) => !line.includes(' 219 ')),
    [...commands, ...more].map(() => DENIED),
  );
  assert.deepEqual(await alan.all('OPER root correct-horse'), [
    ':alan!~alan@127.0.0.1 MODE alan +ow',
    ':partyline.local 381 alan :You are now an IRC operator',
  ]);
});

// RFC 2812 section 3.1.4: 491.
// The limit of guesses at accounts: three a minute.
test('after three wrong passwords OPER takes the right one no more', async (t) => {
  const server = await startServer(t, { ...OPEN, limits: { detection_ms: 10, command_burst: 100 } });
  const alan = await IrcClient.join(server, 'alan');
  const wrong = ':partyline.local 464 alan :Password incorrect';
  assert.deepEqual(await alan.all('OPER root a', 'OPER root b', 'OPER root c'), [wrong, wrong, wrong]);
  assert.match(
    (await alan.all('OPER root correct-horse'))[0] ?? '',
    /^:partyline\.local 464 alan :Too many wrong passwords; try again in \d+ s$/,
  );
});

test('OPER on a server without operators says that there are none', async (t) => {
  const server = await startServer(t, { limits: OPEN.limits });
  const alan = await IrcClient.join(server, 'alan');
  assert.deepEqual(await alan.all('OPER root correct-horse'), [':partyline.local 491 alan :No O-lines for your host']);
});

// IRCv3 chghost, extended-monitor; RPL_VISIBLEHOST as servers of today have it.
test('CHGHOST has somebody shown with another host, and those who asked for such things are told', async (t) => {
  const { server, oper, alan } = await withOperator(t);
  const asked = await IrcClient.join(server, 'asked', 'chghost');
  const watcher = await IrcClient.join(server, 'watcher', 'chghost extended-monitor');
  await watcher.all('MONITOR + alan');
  for (const client of [alan, asked, oper]) await client.all('JOIN #a');
  for (const client of [alan, asked, oper]) await client.heard();
  assert.deepEqual(await oper.all('CHGHOST ALAN staff.example'), [
    ':partyline.local NOTICE oper :ALAN is shown with the host staff.example now',
  ]);
  const told = [':alan!~alan@127.0.0.1 CHGHOST ~alan staff.example'];
  assert.deepEqual(await asked.heard(), told);
  assert.deepEqual(await watcher.heard(), told);
  assert.deepEqual(await alan.heard(), [':partyline.local 396 alan staff.example :is now your displayed host']);
  await alan.all('PRIVMSG #a :hi');
  assert.deepEqual(await asked.heard(), [':alan!~alan@staff.example PRIVMSG #a :hi']);
  await oper.heard();
  for (const host of ['', 'a b', '-a.example', 'a.example.', 'a'.repeat(65)]) {
    assert.deepEqual(await oper.all(`CHGHOST alan :${host}`), [
      ':partyline.local FAIL CHGHOST INVALID_HOST :Host is not valid',
    ]);
  }
  assert.deepEqual(await oper.all('CHGHOST nobody a.example'), [
    ':partyline.local 401 oper nobody :No such nick/channel',
  ]);
});

// RFC 2812 section 3.7.1.
test('KILL disconnects somebody with a reason, everybody in their rooms sees them quit, plain people are told too', async (t) => {
  const { server, oper, alan } = await withOperator(t);
  await alan.all('JOIN #a');
  await oper.all('JOIN #a');
  assert.deepEqual(await oper.all('KILL nobody :x'), [':partyline.local 401 oper nobody :No such nick/channel']);
  await alan.heard();
  await oper.all('KILL ALAN :spam and more');
  assert.equal(await alan.line(), ':oper!~oper@127.0.0.1 KILL alan :spam and more');
  assert.equal(await alan.line(), 'ERROR :Closing link: (Killed (oper (spam and more)))');
  await alan.text.end();
  assert.deepEqual(await oper.heard(), [':alan!~alan@127.0.0.1 QUIT :Killed (oper (spam and more))']);
  const plain = await server.welcomed();
  plain.send('/nick beth\n');
  await plain.line();
  await oper.all('KILL beth :enough');
  assert.equal(await plain.line(), '* oper, an operator of the server, has disconnected you (enough)');
  await plain.end();
});

test('KLINE keeps people out by name, for a time or for good, until UNKLINE lets them in again', async (t) => {
  const { server, oper, alan } = await withOperator(t);
  assert.deepEqual(await oper.all('KLINE 1h30m alan!*@* :be gone', 'KLINE *!~spam@* :no spam', 'KLINE oper'), [
    ':partyline.local NOTICE oper :Added K-line for alan!*@* (1h30m); 1 session was disconnected',
    ':partyline.local NOTICE oper :Added K-line for *!~spam@* (permanent); 0 sessions were disconnected',
    ':partyline.local 400 oper oper!*@* :That would ban you',
  ]);
  assert.equal(await alan.line(), ':partyline.local 465 alan :You are banned from this server (be gone)');
  assert.equal(await alan.line(), 'ERROR :Closing link: (Banned from the server (be gone))');
  await alan.text.end();
  const again = new IrcClient(await server.open());
  again.send('NICK other', 'USER spam 0 * :x');
  assert.equal(await again.line(), ':partyline.local 465 other :You are banned from this server (no spam)');
  await again.text.end();
  const [first, second, end] = await oper.all('STATS k');
  assert.match(first ?? '', / 216 oper K alan!\*@\* \* \* :be gone \(by oper, 1h(?:30m|29m\d+s) left\)$/);
  assert.equal(second, ':partyline.local 216 oper K *!~spam@* * * :no spam (by oper, permanent)');
  assert.equal(end, ':partyline.local 219 oper k :End of /STATS report');
  assert.deepEqual(await oper.all('UNKLINE ALAN', 'UNKLINE nobody', 'KLINE', 'KLINE 5m'), [
    ':partyline.local NOTICE oper :Removed K-line for alan!*@*',
    ':partyline.local 400 oper nobody :There is no such ban',
    ':partyline.local 461 oper KLINE :Not enough parameters',
    ':partyline.local 461 oper KLINE :Not enough parameters',
  ]);
  await IrcClient.join(server, 'alan');
});

test('a ban from the server ends when its time is over', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
  const { server, oper } = await withOperator(t);
  await oper.all('KLINE 30 *!~spam@* :half an hour');
  t.mock.timers.tick(30 * 60_000 - 1);
  const early = new IrcClient(await server.open());
  early.send('NICK early', 'USER spam 0 * :x');
  await early.text.end();
  t.mock.timers.tick(1);
  await IrcClient.join(server, 'spam');
  assert.equal((await oper.all('STATS k')).length, 1);
});

test('DLINE goes by network, and takes only what is one', async (t) => {
  const { oper } = await withOperator(t);
  assert.deepEqual(
    await oper.all('DLINE 192.0.2.0/24 :lab', 'DLINE 2001:db8::/32', 'DLINE here', 'DLINE 127.0.0.0/8'),
    [
      ':partyline.local NOTICE oper :Added D-line for 192.0.2.0/24 (permanent); 0 sessions were disconnected',
      ':partyline.local NOTICE oper :Added D-line for 2001:db8::/32 (permanent); 0 sessions were disconnected',
      ':partyline.local 400 oper here :That is no address or network',
      ':partyline.local 400 oper 127.0.0.0/8 :That would ban you',
    ],
  );
  assert.deepEqual(await oper.all('STATS d', 'UNDLINE 192.0.2.0/24', 'UNDLINE 2001:db8::/32'), [
    ':partyline.local 225 oper D 192.0.2.0/24 * * :lab (by oper, permanent)',
    ':partyline.local 225 oper D 2001:db8::/32 * * :(by oper, permanent)',
    ':partyline.local 219 oper d :End of /STATS report',
    ':partyline.local NOTICE oper :Removed D-line for 192.0.2.0/24',
    ':partyline.local NOTICE oper :Removed D-line for 2001:db8::/32',
  ]);
});

test('SAJOIN takes an operator, or somebody else, into a channel whatever stands against it', async (t) => {
  const { oper, alan } = await withOperator(t);
  await alan.all('JOIN #a', 'MODE #a +ik secret');
  const own = await oper.all('SAJOIN #a');
  assert.equal(own[0], ':oper!~oper@127.0.0.1 JOIN #a');
  await oper.all('PART #a', 'JOIN #b', 'MODE #b +i');
  await alan.heard();
  await oper.all('SAJOIN alan #b');
  const [joined, , end] = await alan.heard();
  assert.equal(joined, ':alan!~alan@127.0.0.1 JOIN #b');
  assert.equal(end, ':partyline.local 366 alan #b :End of /NAMES list');
  assert.deepEqual(await oper.all('SAJOIN alan #b', 'SAJOIN nobody #b', 'SAJOIN alan nochannel'), [
    ':alan!~alan@127.0.0.1 JOIN #b',
    ':partyline.local 443 oper alan #b :is already on channel',
    ':partyline.local 401 oper nobody :No such nick/channel',
    ':partyline.local 403 oper nochannel :No such channel',
  ]);
});

// RFC 2812 section 4.2.
test('REHASH says what it reads', async (t) => {
  const { oper } = await withOperator(t);
  assert.deepEqual(await oper.all('REHASH'), [':partyline.local 382 oper none Rehashing']);
});

test('bans from the server are there after a restart, but not those that were lifted', async (t) => {
  const folder = newFolder();
  const databaseFile = join(folder, 'partyline.db');
  const { server, oper } = await withOperator(t, { databaseFile });
  await oper.all(
    'KLINE *!~spam@* :no spam',
    'KLINE *!~ham@* :no ham',
    'UNKLINE *!~ham@*',
    'DLINE 1h 192.0.2.0/24 :enough',
  );
  await server.close();
  const { server: again, oper: root } = await withOperator(t, { databaseFile });
  removeAfter(t, folder);
  const [byName, ...rest] = await root.all('STATS k', 'STATS d');
  assert.equal(byName, ':partyline.local 216 oper K *!~spam@* * * :no spam (by oper, permanent)');
  assert.match(rest.find((line) => line.includes('192.0.2')) ?? '', / :enough \(by oper, (?:1h|59m\d+s) left\)$/);
  assert.equal(
    rest.some((line) => line.includes('ham')),
    false,
  );
  const spam = new IrcClient(await again.open());
  spam.send('NICK spam', 'USER spam 0 * :spam');
  assert.equal(await spam.line(), ':partyline.local 465 spam :You are banned from this server (no spam)');
});
