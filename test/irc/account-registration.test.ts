// IRCv3 draft/account-registration.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { offered, party, verbs } from '../support/irc-party.ts';
import { makeAccount, PASSWORD, plainLogin } from '../support/log-in.ts';

const CAPABILITY = 'draft/account-registration';
const LENGTHS = 'max-password-length=300,min-password-length=8';

test('an account is made before registration, named like the nick, and the client is logged in to it', async (t) => {
  const [server] = await party(t, []);
  const client = new IrcClient(await server.open());
  const list = await offered(client);
  assert.ok(list.includes(`${CAPABILITY}=before-connect,custom-account-name,${LENGTHS}`));
  assert.deepEqual(await client.all(`REGISTER * * :${PASSWORD}`, 'NICK bar', `REGISTER * * :${PASSWORD}`), [
    ':partyline.local FAIL REGISTER NEED_NICK * :Say what you want to be called first: NICK',
    ':partyline.local REGISTER SUCCESS bar :Your account is there',
    ':partyline.local 900 bar bar!*@127.0.0.1 bar :You are now logged in as bar',
  ]);
  assert.match((await client.all('USER b 0 * :B', 'CAP END'))[0] ?? '', / 001 bar /);
  const again = new IrcClient(await server.open());
  assert.deepEqual(verbs(await again.all(...plainLogin('bar'))), ['+', '900', '903']);
});

// "before-connect" is in the value where it may be.
test('where accounts are for those who have come in, nobody else makes one', async (t) => {
  const [server, { alan }] = await party(t, ['alan'], { accounts: { registration: 'connected' } });
  const client = new IrcClient(await server.open());
  assert.ok((await offered(client)).includes(`${CAPABILITY}=custom-account-name,${LENGTHS}`));
  assert.deepEqual(await client.all('NICK bar', `REGISTER * * :${PASSWORD}`), [
    ':partyline.local FAIL REGISTER COMPLETE_CONNECTION_REQUIRED * :Come in first',
  ]);
  assert.match((await alan.all(`REGISTER * * :${PASSWORD}`))[0] ?? '', / REGISTER SUCCESS alan /);
});

test('where only operators make accounts, others are told so in every way of making one', async (t) => {
  const [server, { root, alan }] = await party(t, ['root', 'alan'], {
    accounts: { registration: 'closed' },
    irc: { operators: ['root:operator-password'] },
  });
  const told = 'Only operators of this server make accounts';
  assert.deepEqual(await alan.all(`REGISTER * * :${PASSWORD}`, `NS REGISTER ${PASSWORD}`), [
    `:partyline.local FAIL REGISTER TEMPORARILY_UNAVAILABLE alan :${told}`,
    `:NickServ!NickServ@partyline.local NOTICE alan :${told}`,
  ]);
  const plain = await server.welcomed();
  plain.send(`/nick carl\n/register ${PASSWORD}\n`);
  assert.match(await plain.until('make accounts\n'), /only operators of this server/);
  await root.all('OPER root operator-password', `NS SAREGISTER turing ${PASSWORD}`);
  assert.ok(verbs(await alan.all(...plainLogin('turing'))).includes('903'));
});

// "email-required", and INVALID_EMAIL.
test('where an account needs an address of e-mail, it is asked for in every way of making one', async (t) => {
  const [server, { alan, beth, carl, root }] = await party(t, ['alan', 'beth', 'carl', 'root'], {
    accounts: { email_required: true },
    irc: { operators: ['root:operator-password'] },
  });
  const client = new IrcClient(await server.open());
  const list = await offered(client);
  assert.ok(list.includes(`${CAPABILITY}=before-connect,custom-account-name,email-required,${LENGTHS}`));
  const needed = 'An account needs an address of e-mail here';
  assert.deepEqual(await alan.all(`REGISTER * * :${PASSWORD}`, `REGISTER * alan :${PASSWORD}`), [
    `:partyline.local FAIL REGISTER INVALID_EMAIL alan :${needed}`,
    ':partyline.local FAIL REGISTER INVALID_EMAIL alan :That is no address of e-mail',
  ]);
  assert.match((await alan.all(`REGISTER * a@example.org :${PASSWORD}`))[0] ?? '', / REGISTER SUCCESS alan /);
  assert.deepEqual(await beth.all(`NS REGISTER ${PASSWORD}`), [
    `:NickServ!NickServ@partyline.local NOTICE beth :${needed}`,
  ]);
  assert.match((await beth.all(`NS REGISTER ${PASSWORD} b@example.org`))[0] ?? '', /Account created$/);
  assert.ok(verbs(await carl.all(...plainLogin('beth'))).includes('903'), 'the address is not in the password');
  const plain = await server.welcomed();
  plain.send(`/nick dora\n/register ${PASSWORD}\n/register ${PASSWORD} d@example.org\n`);
  assert.match(await plain.until('logged in as dora'), /an account needs an address of e-mail here/);
  await root.all('OPER root operator-password');
  for (const nick of ['alan', 'beth', 'dora']) {
    const told = await root.all(`NS INFO ${nick}`);
    assert.ok(told.join('\n').includes(`E-mail: ${nick[0]}@example.org`), told.join('\n'));
  }
});

test('an account is made after registration, under any free name; not a second one', async (t) => {
  const [, { alan }] = await party(t, ['alan']);
  assert.deepEqual(await alan.all(`REGISTER turing nobody@example.org :${PASSWORD}`, `REGISTER * * ${PASSWORD}`), [
    ':partyline.local REGISTER SUCCESS turing :Your account is there',
    ':partyline.local 900 alan alan!~alan@127.0.0.1 turing :You are now logged in as turing',
    ':partyline.local FAIL REGISTER ALREADY_AUTHENTICATED turing :You are logged in',
  ]);
});

test('names that are taken or wrong and passwords that are none are refused, each with its code', async (t) => {
  const [server, { alan }] = await party(t, ['alan', 'root']);
  await makeAccount(server, 'taken');
  const codes = async (...lines: string[]): Promise<string[]> =>
    (await alan.all(...lines)).map((line) => line.split(' ').slice(1, 5).join(' '));
  assert.deepEqual(
    await codes(
      `REGISTER Taken * :${PASSWORD}`,
      `REGISTER t\u0430ken * :${PASSWORD}`,
      `REGISTER root * :${PASSWORD}`,
      `REGISTER -st * :${PASSWORD}`,
      `REGISTER free * short`,
      `REGISTER free * :${'x'.repeat(301)}`,
      `REGISTER free * :with\u0007 a bell`,
      'REGISTER free *',
    ),
    [
      'FAIL REGISTER ACCOUNT_EXISTS Taken',
      'FAIL REGISTER ACCOUNT_EXISTS t\u0430ken',
      'FAIL REGISTER USERNAME_EXISTS root',
      'FAIL REGISTER BAD_ACCOUNT_NAME -st',
      'FAIL REGISTER WEAK_PASSWORD free',
      'FAIL REGISTER UNACCEPTABLE_PASSWORD free',
      'FAIL REGISTER UNACCEPTABLE_PASSWORD free',
      '461 alan REGISTER :Not',
    ],
  );
});

test('a nick that somebody has cannot be made an account of by another', async (t) => {
  const [server] = await party(t, ['root']);
  const client = new IrcClient(await server.open());
  assert.deepEqual((await client.all('NICK root', `REGISTER * * ${PASSWORD}x`)).slice(1), [
    ':partyline.local FAIL REGISTER USERNAME_EXISTS root :Nickname is already in use',
  ]);
});

// "max-password-length=<bytes>", "min-password-length=<bytes>".
test('how long a password may be is offered, and is so', async (t) => {
  const [server, { alan }] = await party(t, ['alan'], { limits: { password_chars: 20 } });
  const list = (await offered(new IrcClient(await server.open()))).join(' ');
  assert.ok(list.includes('max-password-length=300,min-password-length=20'), list);
  assert.deepEqual(verbs(await alan.all(`REGISTER * * ${'x'.repeat(19)}`, `REGISTER * * ${'x'.repeat(20)}`)), [
    'FAIL',
    'REGISTER',
    '900',
  ]);
});

test('there is nothing to verify', async (t) => {
  const [, { alan }] = await party(t, ['alan']);
  assert.deepEqual(await alan.all('VERIFY alan 1234'), [
    ':partyline.local FAIL VERIFY INVALID_CODE alan :There is nothing to verify: log in',
  ]);
});

test('only so many accounts are made in a time', async (t) => {
  const [server] = await party(t, [], { limits: { enabled: true, command_burst: 1000, new_accounts: 1 } });
  await makeAccount(server, 'first');
  const client = new IrcClient(await server.open());
  assert.match(
    (await client.all('CAP LS', `REGISTER second * ${PASSWORD}x`)).at(-1) ?? '',
    / FAIL REGISTER TEMPORARILY_UNAVAILABLE second :Too many accounts were made; try again in \d+ s$/,
  );
});

// "Servers should ensure that this functionality cannot be used to bypass any authentication restrictions."
test('where the server has a password, it comes before an account', async (t) => {
  const [server] = await party(t, [], { irc: { password: 'open sesame' } });
  const client = new IrcClient(await server.open());
  client.send('CAP LS', `REGISTER alan * :${PASSWORD}`);
  await client.text.until(' 464 ');
  await client.text.end();
  const welcome = new IrcClient(await server.open());
  const answers = await welcome.all('PASS :open sesame', 'CAP LS', `REGISTER alan * :${PASSWORD}`);
  assert.ok(answers.some((line) => line.includes('REGISTER SUCCESS alan')));
});
