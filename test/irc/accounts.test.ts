// What people are told of accounts: IRCv3 account-notify, account-tag, extended-join, account-extban, WHOX; whose a nick is.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { DEFAULT_ACCOUNT_SETTINGS } from '../../src/domain/account.ts';
import { deleteAccount } from '../../src/domain/actions/delete-account.ts';
import { renameAccount } from '../../src/domain/actions/rename-account.ts';
import { suspendAccount } from '../../src/domain/actions/suspend-account.ts';
import { nickKey, parseNick } from '../../src/domain/nick.ts';
import { IrcClient } from '../support/irc-client.ts';
import { withVerb, party, verbs } from '../support/irc-party.ts';
import { joinAs, makeAccount, PASSWORD, plainLogin } from '../support/log-in.ts';
import type { TestServer } from '../support/test-server.ts';

/** A server with an account `jilles`, whose owner is here, and clients without an account. */
async function partyWithAccount<const Nicks extends readonly string[]>(
  t: TestContext,
  nicks: Nicks,
): Promise<[TestServer, IrcClient, { readonly [Nick in Nicks[number]]: IrcClient }]> {
  const [server, clients] = await party(t, nicks);
  await makeAccount(server, 'jilles');
  return [server, await joinAs(server, 'jilles'), clients];
}

test('a nick that belongs to an account is not for anybody else, whether its owner is here or not', async (t) => {
  const [server, jilles, { alan }] = await partyWithAccount(t, ['alan']);
  assert.deepEqual(await alan.all('NICK Jilles'), [':partyline.local 433 alan Jilles :Nickname is already in use']);
  jilles.send('QUIT');
  await jilles.text.end();
  const owned = 'Nickname belongs to an account: log in to use it';
  assert.deepEqual(await alan.all('NICK Jilles'), [`:partyline.local 433 alan Jilles :${owned}`]);
  const stranger = new IrcClient(await server.open());
  assert.deepEqual(await stranger.all('NICK jilles', 'USER x 0 * :X'), [`:partyline.local 433 * jilles :${owned}`]);
  const plain = await server.welcomed();
  plain.send('/nick jilles\n');
  assert.equal(
    await plain.line(),
    '* the name jilles belongs to an account; /login to use it, or pick another with /nick NAME',
  );
  assert.deepEqual(verbs(await alan.all(...plainLogin('jilles'), 'NICK jilles')), ['+', '900', '903', 'NICK']);
});

test('a guest who logs in while they have another nick keeps it', async (t) => {
  const [server, { alan }] = await party(t, ['alan']);
  await makeAccount(server, 'jilles');
  assert.deepEqual(verbs(await alan.all(...plainLogin('jilles'))), ['+', '900', '903']);
  assert.ok((await alan.all('WHOIS alan')).includes(':partyline.local 330 alan alan jilles :is logged in as'));
});

// Modern, "Registered User Mode": it is the server's to give.
test('whoever is logged in has +r, and nobody gives or takes it by MODE', async (t) => {
  const [, jilles, { alan }] = await partyWithAccount(t, ['alan']);
  const modes = async (client: IrcClient, nick: string): Promise<string[]> =>
    (await client.all(`MODE ${nick} +r-r`, `MODE ${nick}`)).map((line) => line.replace(':partyline.local ', ''));
  assert.deepEqual(await modes(jilles, 'jilles'), ['221 jilles +r']);
  assert.deepEqual(await modes(alan, 'alan'), ['221 alan +']);
  await alan.all(...plainLogin('jilles'));
  assert.deepEqual(await modes(alan, 'alan'), ['221 alan +r']);
});

test('when the owner of a nick logs in, a stranger who has it is renamed, and stays connected', async (t) => {
  const [server, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('JOIN #a');
  await beth.all('JOIN #a');
  await alan.heard();
  const { chat, passwords } = server.server.office;
  const credentials = await passwords.hash(PASSWORD);
  assert.ok(credentials.ok);
  // As if the account had come from elsewhere: while the nick is in use nobody can register it.
  chat.addAccount({
    id: 1,
    name: 'alan',
    key: nickKey('alan'),
    createdAt: 0,
    credentials: credentials.value,
    fingerprints: new Set(),
    nicks: new Map([[nickKey('alan'), 'alan']]),
    suspension: undefined,
    settings: DEFAULT_ACCOUNT_SETTINGS,
    lastSeenAt: 0,
  });
  await joinAs(server, 'alan');
  const told = await alan.heard();
  assert.match(told.join('\n'), /^:alan!~alan@127\.0\.0\.1 NICK guest\d+$/);
  assert.deepEqual(await beth.heard(), told);
  const [, guest = ''] = / NICK (.*)$/.exec(told[0] ?? '') ?? [];
  assert.deepEqual(await alan.all('PRIVMSG #a :still here'), []);
  assert.deepEqual(await beth.heard(), [`:${guest}!~alan@127.0.0.1 PRIVMSG #a :still here`]);
  assert.deepEqual(await alan.all('NICK alan'), [`:partyline.local 433 ${guest} alan :Nickname is already in use`]);
});

// IRCv3 account-notify: "sent to clients sharing a channel", when somebody logs in, to another account, and out.
test('account-notify tells those in the same rooms who asked for it, and nobody else', async (t) => {
  const [server, { alan }] = await party(t, ['alan']);
  await makeAccount(server, 'jilles');
  await makeAccount(server, 'foo');
  const beth = await IrcClient.join(server, 'beth', 'account-notify');
  const carl = await IrcClient.join(server, 'carl');
  const dora = await IrcClient.join(server, 'dora', 'account-notify');
  for (const client of [alan, beth, carl]) await client.all('JOIN #a', 'JOIN #b');
  for (const client of [alan, beth, carl, dora]) await client.heard();
  await alan.all(...plainLogin('jilles'));
  await alan.all(...plainLogin('foo'));
  assert.deepEqual(await server.server.office.act(deleteAccount, { account: nickKey('foo') }), {
    ok: true,
    value: undefined,
  });
  assert.deepEqual(await beth.heard(), [
    ':alan!~alan@127.0.0.1 ACCOUNT jilles',
    ':alan!~alan@127.0.0.1 ACCOUNT foo',
    ':alan!~alan@127.0.0.1 ACCOUNT *',
  ]);
  assert.deepEqual([await carl.heard(), await dora.heard()], [[], []]);
  assert.deepEqual(await alan.heard(), [':partyline.local 901 alan alan!~alan@127.0.0.1 :You are now logged out']);
  assert.deepEqual(withVerb('330', await alan.all('WHOIS alan')), []);
});

test('who in an auditorium logs in is kept from those who do not see them there', async (t) => {
  const [server, { alan, beth }] = await party(t, ['alan', 'beth']);
  await makeAccount(server, 'jilles');
  await alan.all('JOIN #a', 'MODE #a +u', 'CAP REQ account-notify');
  const carl = await IrcClient.join(server, 'carl', 'account-notify');
  for (const client of [beth, carl]) await client.all('JOIN #a');
  for (const client of [alan, carl]) await client.heard();
  await beth.all(...plainLogin('jilles'));
  assert.deepEqual(await alan.heard(), [':beth!~beth@127.0.0.1 ACCOUNT jilles']);
  assert.deepEqual(await carl.heard(), []);
});

// IRCv3 extended-join: the account, or *, as the second parameter.
test('extended-join tells the account of whoever joins', async (t) => {
  const [server, jilles] = await partyWithAccount(t, []);
  const beth = await IrcClient.join(server, 'beth', 'extended-join');
  await beth.all('JOIN #a');
  await jilles.all('JOIN #a');
  assert.deepEqual(await beth.heard(), [':jilles!~jilles@127.0.0.1 JOIN #a jilles :Real jilles']);
});

// IRCv3 account-tag: on what somebody with an account sends, and on nothing else.
test('account-tag names the account of whoever speaks', async (t) => {
  const [server, jilles, { alan }] = await partyWithAccount(t, ['alan']);
  const beth = await IrcClient.join(server, 'beth', 'account-tag');
  await jilles.all('NICK somebody', 'PRIVMSG beth :one');
  await alan.all('PRIVMSG beth :two');
  assert.deepEqual(await beth.raw(), [
    '@account=jilles :somebody!~jilles@127.0.0.1 PRIVMSG beth :one',
    ':alan!~alan@127.0.0.1 PRIVMSG beth :two',
  ]);
});

test('WHOIS (330) and WHOX tell the account', async (t) => {
  const [, , { alan }] = await partyWithAccount(t, ['alan']);
  assert.deepEqual(withVerb('330', await alan.all('WHOIS jilles')), [
    ':partyline.local 330 alan jilles jilles :is logged in as',
  ]);
  assert.deepEqual(withVerb('354', await alan.all('WHO jilles %na', 'WHO alan %na')), [
    ':partyline.local 354 alan jilles jilles',
    ':partyline.local 354 alan alan 0',
  ]);
});

// IRCv3 account-extban; RFC 2811 section 4.3.
test('a ban of an account keeps it out under any nick, and a ban of speech keeps it silent', async (t) => {
  const [, jilles, { alan }] = await partyWithAccount(t, ['alan']);
  await alan.all('JOIN #a', 'JOIN #b', 'MODE #a +b a:JILLES', 'MODE #b +b m:a:jil*');
  await jilles.all('NICK somebody');
  assert.match((await jilles.all('JOIN #a'))[0] ?? '', / 474 somebody #a /);
  await jilles.all('JOIN #b');
  assert.match((await jilles.all('PRIVMSG #b :hello'))[0] ?? '', / 404 somebody #b /);
  await alan.all('MODE #a +e a:jilles');
  assert.deepEqual(verbs(await jilles.all('JOIN #a')).slice(0, 1), ['JOIN']);
});

test('+R lets only those in who have an account, +M lets only those speak; user mode +R likewise', async (t) => {
  const [, jilles, { alan, beth }] = await partyWithAccount(t, ['alan', 'beth']);
  await alan.all('JOIN #a', 'MODE #a +R', 'JOIN #b', 'MODE #b +M', 'MODE alan +R');
  assert.match((await beth.all('JOIN #a'))[0] ?? '', / 477 beth #a /);
  await beth.all('JOIN #b');
  assert.match((await beth.all('PRIVMSG #b :hello'))[0] ?? '', / 404 beth #b .*\(\+M\)/);
  assert.match((await beth.all('PRIVMSG alan :hello'))[0] ?? '', / 477 beth alan /);
  assert.deepEqual(verbs(await jilles.all('JOIN #a')).slice(0, 1), ['JOIN']);
  await jilles.all('JOIN #b');
  assert.deepEqual(await jilles.all('PRIVMSG #b :hello', 'PRIVMSG alan :hello'), []);
});

test('a suspended account is put off the server, and refused from then on', async (t) => {
  const [server, jilles] = await partyWithAccount(t, []);
  await server.server.office.act(suspendAccount, { account: nickKey('jilles'), reason: 'spam' });
  assert.equal(await jilles.line(), ':console!console@console KILL jilles :account suspended: spam');
  assert.equal(await jilles.line(), 'ERROR :Closing link: (Killed (console (account suspended: spam)))');
  await jilles.text.end();
  const client = new IrcClient(await server.open());
  assert.deepEqual((await client.all('CAP LS', ...plainLogin('jilles'))).slice(2), [
    ':partyline.local 904 * :SASL authentication failed: The account jilles is suspended',
  ]);
  assert.equal(
    (await client.all(...plainLogin('jilles', 'wrong'))).at(-1),
    ':partyline.local 904 * :SASL authentication failed: There is no such account, or it has another password',
  );
});

test('an account that is renamed is told of as such, and entered by its new name', async (t) => {
  const [server, jilles] = await partyWithAccount(t, []);
  const beth = await IrcClient.join(server, 'beth', 'account-notify');
  await jilles.all('JOIN #a');
  await beth.all('JOIN #a');
  const name = parseNick('turing', 32);
  assert.ok(name.ok);
  await server.server.office.act(renameAccount, { account: nickKey('jilles'), name: name.value });
  assert.deepEqual(await beth.heard(), [':jilles!~jilles@127.0.0.1 ACCOUNT turing']);
  const client = new IrcClient(await server.open());
  assert.deepEqual(verbs(await client.all('CAP LS', ...plainLogin('jilles'), ...plainLogin('turing'))).slice(1), [
    '+',
    '904',
    '+',
    '900',
    '903',
  ]);
});
