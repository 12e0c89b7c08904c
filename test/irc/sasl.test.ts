// IRCv3 sasl-3.1 and sasl-3.2; RFC 4616, 5802, 7677; RFC 4422 appendix A.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { withVerb, party, verbs, withoutOffer } from '../support/irc-party.ts';
import { encoded, makeAccount, PASSWORD, plainLogin, scramLogin } from '../support/log-in.ts';

const LOGGED_IN = [
  ':partyline.local 900 * *!*@127.0.0.1 jilles :You are now logged in as jilles',
  ':partyline.local 903 * :SASL authentication successful',
];
const WRONG =
  ':partyline.local 904 * :SASL authentication failed: There is no such account, or it has another password';

test('PLAIN logs in before registration, with and without the name to act for', async (t) => {
  const [server] = await party(t, []);
  await makeAccount(server, 'jilles');
  for (const authorization of ['', 'jilles', 'JILLES']) {
    const client = new IrcClient(await server.open());
    const message = encoded(`${authorization}\0jilles\0${PASSWORD}`);
    const answers = await client.all('CAP REQ sasl', 'AUTHENTICATE PLAIN', `AUTHENTICATE ${message}`);
    assert.deepEqual(answers.slice(1), ['AUTHENTICATE +', ...LOGGED_IN]);
  }
});

// Unknown and wrong look the same.
test('a wrong password, an unknown account, another to act for and no message at all fail in the same words', async (t) => {
  const [server] = await party(t, []);
  await makeAccount(server, 'jilles');
  await makeAccount(server, 'foo');
  const client = new IrcClient(await server.open());
  for (const text of ['jilles\0jilles\0millet', '\0nobody\0millet', `foo\0jilles\0${PASSWORD}`, 'jilles']) {
    assert.deepEqual(
      (await client.all('CAP LS', 'AUTHENTICATE PLAIN', `AUTHENTICATE ${encoded(text)}`)).slice(-2),
      ['AUTHENTICATE +', WRONG],
      JSON.stringify(text),
    );
  }
  assert.match((await client.all('AUTHENTICATE plain', 'AUTHENTICATE !!!')).at(-1) ?? '', / 904 \* .*base 64$/);
});

// sasl-3.1: "400-byte chunks"; a message of just so many bytes is followed by an empty one.
test('a long message comes in pieces of 400 bytes', async (t) => {
  const [server] = await party(t, []);
  for (const length of [300, 291]) {
    const [name, password] = [`foo${length}`, 'x'.repeat(length)];
    await makeAccount(server, name, password);
    const message = encoded(`${name.slice(0, 3)}${length}\0${name}\0${password}`);
    const client = new IrcClient(await server.open());
    const pieces: string[] = message.match(/.{1,400}/g) ?? [];
    if (pieces.at(-1)?.length === 400) pieces.push('+');
    assert.equal(pieces.length, 2);
    const answers = await client.all('AUTHENTICATE PLAIN', ...pieces.map((piece) => `AUTHENTICATE ${piece}`));
    assert.deepEqual(verbs(answers.slice(1)), ['900', '903']);
  }
});

test('a message that is too long is refused (905), and so is a piece', async (t) => {
  const [server] = await party(t, []);
  const client = new IrcClient(await server.open());
  const tooLong = ':partyline.local 905 * :SASL message too long';
  const piece = `AUTHENTICATE ${'A'.repeat(400)}`;
  assert.deepEqual((await client.all('AUTHENTICATE PLAIN', `${piece}AAAA`)).slice(1), [tooLong]);
  assert.deepEqual((await client.all('AUTHENTICATE PLAIN', ...Array<string>(5).fill(piece))).slice(1), [tooLong]);
  assert.deepEqual(verbs(await client.all(piece)), ['908', '904']);
});

test('a mechanism that there is not is refused with those that there are (908); "*" gives up (906)', async (t) => {
  const [server] = await party(t, []);
  const client = new IrcClient(await server.open());
  await client.all('CAP LS');
  assert.deepEqual(await client.all('AUTHENTICATE FOO', 'AUTHENTICATE PLAIN', 'AUTHENTICATE *', 'AUTHENTICATE'), [
    ':partyline.local 908 * PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,EXTERNAL :are available SASL mechanisms',
    ':partyline.local 904 * :SASL authentication failed: there is no such mechanism',
    'AUTHENTICATE +',
    ':partyline.local 906 * :SASL authentication aborted',
    ':partyline.local 461 * AUTHENTICATE :Not enough parameters',
  ]);
});

// "If the client completes registration while SASL authentication is still in progress, the server MUST abort it."
test('whoever registers in the middle of it has given it up', async (t) => {
  const [server] = await party(t, []);
  const client = new IrcClient(await server.open());
  const answers = await client.all('CAP LS', 'NICK alan', 'USER a 0 * :A', 'AUTHENTICATE PLAIN', 'CAP END');
  assert.deepEqual(verbs(answers.slice(2, 4)), ['906', '001']);
});

for (const hash of ['sha256', 'sha512'] as const) {
  test(`SCRAM with ${hash}: both sides prove that they know the password`, async (t) => {
    const [server] = await party(t, []);
    await makeAccount(server, 'jilles');
    const client = new IrcClient(await server.open());
    assert.deepEqual(await scramLogin(client, { account: 'jilles', hash }), {
      answers: LOGGED_IN,
      isServerProved: true,
    });
    for (const [account, password] of [
      ['jilles', 'millet'],
      ['nobody', PASSWORD],
    ] as const) {
      const other = new IrcClient(await server.open());
      assert.deepEqual((await scramLogin(other, { account, password, hash })).answers, [WRONG]);
    }
  });
}

test('the name of a device is no part of the name of an account, however one logs in', async (t) => {
  const [server] = await party(t, []);
  await makeAccount(server, 'jilles');
  for (const authorization of ['', 'jilles', 'jilles@phone']) {
    const client = new IrcClient(await server.open());
    const message = encoded(`${authorization}\0jilles@phone\0${PASSWORD}`);
    assert.deepEqual((await client.all('AUTHENTICATE PLAIN', `AUTHENTICATE ${message}`)).slice(1), LOGGED_IN);
  }
  const client = new IrcClient(await server.open());
  assert.deepEqual(await scramLogin(client, { account: 'jilles@phone', hash: 'sha512' }), {
    answers: LOGGED_IN,
    isServerProved: true,
  });
  for (const login of ['jilles@', 'jilles@no such', '@phone', 'jilles@phone@']) {
    const other = new IrcClient(await server.open());
    assert.deepEqual((await other.all(...plainLogin(login))).slice(1), [WRONG], login);
  }
});

test('SCRAM for an account that there is not has the same salt each time', async (t) => {
  const [server] = await party(t, []);
  const salts = new Set<string>();
  for (let count = 0; count < 2; count++) {
    const client = new IrcClient(await server.open());
    const answers = await client.all('AUTHENTICATE SCRAM-SHA-256', `AUTHENTICATE ${encoded('n,,n=nobody,r=abc')}`);
    const first = Buffer.from(answers[1]?.split(' ')[1] ?? '', 'base64').toString('utf8');
    salts.add(/,s=(.*)$/.exec(first)?.[1] ?? '');
  }
  assert.equal(salts.size, 1);
});

test('SCRAM messages that do not belong together are refused', async (t) => {
  const [server] = await party(t, []);
  await makeAccount(server, 'jilles');
  const client = new IrcClient(await server.open());
  const begin = ['AUTHENTICATE SCRAM-SHA-256', `AUTHENTICATE ${encoded('n,,n=jilles,r=abc')}`];
  for (const last of ['c=biws,r=abc,p=AAAA', 'nonsense', '']) {
    const answer = `AUTHENTICATE ${last === '' ? '+' : encoded(last)}`;
    assert.equal((await client.all(...begin, answer)).at(-1), WRONG);
  }
  const binding = encoded('p=tls-unique,,n=jilles,r=abc');
  assert.equal((await client.all('AUTHENTICATE SCRAM-SHA-256', `AUTHENTICATE ${binding}`)).at(-1), WRONG);
});

// sasl-3.2: "Servers SHOULD allow a client to reauthenticate by sending a new AUTHENTICATE message at any time."
test('one may log in after registration, and then to another account', async (t) => {
  const [server, { user }] = await party(t, ['user']);
  await makeAccount(server, 'jilles');
  await makeAccount(server, 'foo');
  const logIn = async (account: string): Promise<string[]> => (await user.all(...plainLogin(account))).slice(1);
  for (const account of ['foo', 'jilles', 'jilles']) {
    assert.deepEqual(await logIn(account), [
      `:partyline.local 900 user user!~user@127.0.0.1 ${account} :You are now logged in as ${account}`,
      ':partyline.local 903 user :SASL authentication successful',
    ]);
  }
  assert.deepEqual(withVerb('330', await user.all('WHOIS user')), [
    ':partyline.local 330 user user jilles :is logged in as',
  ]);
});

// Goguma says all of it without waiting for an answer.
test('a client may say all of it at once, and has the nick of its account', async (t) => {
  const [server] = await party(t, []);
  await makeAccount(server, 'jilles');
  const lines = ['CAP LS 302', 'NICK jilles', 'USER j 0 * :J', 'CAP REQ :sasl', ...plainLogin('jilles'), 'CAP END'];
  const client = new IrcClient(await server.open());
  const answers = withoutOffer(await client.all(...lines));
  assert.deepEqual(verbs(answers.slice(0, 5)), ['CAP', '+', '900', '903', '001']);
  assert.match(answers[4] ?? '', / 001 jilles :/);
  const stranger = new IrcClient(await server.open());
  assert.deepEqual(withoutOffer(await stranger.all('CAP LS 302', 'NICK jilles', 'USER j 0 * :J', 'CAP END')), [
    ':partyline.local 433 jilles jilles :Nickname is already in use',
  ]);
  assert.match((await stranger.all('NICK other'))[0] ?? '', / 001 other /);
});

// The limits: three wrong passwords a minute for an account, and from an address.
test('after three wrong passwords the right one is not taken either, whoever has tried', async (t) => {
  const [server] = await party(t, [], { limits: { enabled: true, command_burst: 1000 } });
  await makeAccount(server, 'jilles');
  const client = new IrcClient(await server.open());
  await client.all('CAP LS');
  for (const password of ['one', 'two', 'three']) {
    assert.equal((await client.all(...plainLogin('jilles', password))).at(-1), WRONG);
  }
  const limited = / 904 \* :SASL authentication failed: Too many wrong passwords; try again in \d+ s$/;
  assert.match((await client.all(...plainLogin('jilles'))).at(-1) ?? '', limited);
  const other = new IrcClient(await server.open());
  const { answers } = await scramLogin(other, { account: 'jilles', hash: 'sha256' });
  assert.match(answers[0] ?? '', limited);
});
