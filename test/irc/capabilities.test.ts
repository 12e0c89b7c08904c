// IRCv3 capability negotiation 3.2, and the ways in which clients go about it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CAPABILITIES } from '../../src/dialects/irc/capabilities.ts';
import { IrcClient } from '../support/irc-client.ts';
import { offered, party, withoutOffer } from '../support/irc-party.ts';
import type { TestServer } from '../support/test-server.ts';

/** Lets clients speak to a server in the same words, in one piece and byte by byte, and gives what each was answered. */
async function spoken(server: TestServer, lines: readonly string[]): Promise<string[][]> {
  const answers: string[][] = [];
  for (const isSlow of [false, true]) {
    const client = new IrcClient(await server.open());
    const bytes = Buffer.from(lines.map((line) => `${line}\r\n`).join(''));
    for (const piece of isSlow ? Array.from(bytes, (byte) => Buffer.from([byte])) : [bytes]) client.text.send(piece);
    answers.push(await client.all());
    client.send('QUIT');
    await client.text.end();
  }
  return answers;
}

test('CAP LS again and after registration; its version is kept; END then does nothing', async (t) => {
  const [server] = await party(t, []);
  const client = new IrcClient(await server.open());
  const names = [...CAPABILITIES.keys()];
  assert.deepEqual(await client.all('CAP NONSENSE'), [':partyline.local 410 * NONSENSE :Invalid CAP subcommand']);
  const valued = await offered(client);
  assert.deepEqual(
    valued.map((text) => text.split('=')[0]),
    names,
  );
  assert.ok(valued.includes('sasl=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,EXTERNAL'));
  const again = await client.all('NICK alan', 'USER a 0 * :A', 'cap ls', 'CAP list');
  assert.equal(again.pop(), ':partyline.local CAP alan LIST :cap-notify');
  const named = again.flatMap((line) => line.split(' :')[1]?.split(' ') ?? []);
  assert.deepEqual(named.toSorted(), names);
  assert.match((await client.all('CAP END'))[0] ?? '', / 001 alan /);
  assert.deepEqual(await offered(client), valued);
  assert.deepEqual(withoutOffer(await client.all('CAP LS 307', 'CAP END', 'CAP LIST', 'CAP', 'CAP ACK :batch')), [
    ':partyline.local CAP alan LIST :cap-notify',
    ':partyline.local 461 alan CAP :Not enough parameters',
    ':partyline.local 410 alan ACK :Invalid CAP subcommand',
  ]);
});

// "If a client requests a capability which is already enabled, or tries to disable a capability which is not enabled,
// the server MUST continue processing the REQ subcommand as though handling this capability was successful."
test('a request is taken or refused whole, from left to right, and answered in its own words', async (t) => {
  const [, { alan }] = await party(t, ['alan']);
  const answer = (line: string): string => `:partyline.local CAP alan ${line}`;
  assert.deepEqual(
    await alan.all(
      'CAP REQ :batch batch',
      'CAP REQ :batch -setname',
      'CAP REQ :-batch batch  setname -setname',
      'CAP REQ :nonsense -batch',
      'CAP REQ :sasl=PLAIN',
      'CAP REQ batch',
      'CAP LIST',
    ),
    [
      answer('ACK :batch batch'),
      answer('ACK :batch -setname'),
      answer('ACK :-batch batch  setname -setname'),
      answer('NAK :nonsense -batch'),
      answer('NAK :sasl=PLAIN'),
      answer('ACK :batch'),
      answer('LIST :batch'),
    ],
  );
});

// "servers MUST NOT disable the `cap-notify` capability if the client requests `CAP LS` with a version of 302 or newer";
// others "MAY explicitly disable the capability, and servers MUST allow these clients to do so".
test('a client of version 302 cannot do without cap-notify, an older one can', async (t) => {
  const [, { alan }] = await party(t, ['alan']);
  const answer = (line: string): string => `:partyline.local CAP alan ${line}`;
  const lines = ['CAP REQ :batch cap-notify', 'CAP REQ :-cap-notify -batch', 'CAP LIST'];
  assert.deepEqual(await alan.all(...lines), [
    answer('ACK :batch cap-notify'),
    answer('ACK :-cap-notify -batch'),
    answer('LIST :'),
  ]);
  await offered(alan);
  assert.deepEqual(await alan.all(...lines), [
    answer('ACK :batch cap-notify'),
    answer('NAK :-cap-notify -batch'),
    answer('LIST :cap-notify batch'),
  ]);
});

// "Multiline replies": only to clients of version 302.
test('an old client is told in one message of what is no draft, and of as much more as fits', async (t) => {
  const [server] = await party(t, []);
  const client = new IrcClient(await server.open());
  const [line = '', ...others] = await client.all('CAP LS');
  assert.deepEqual(others, []);
  const told = line.split(' :')[1]?.split(' ') ?? [];
  const final = [...CAPABILITIES.keys()].filter((name) => !name.includes('/'));
  assert.deepEqual(told.slice(0, final.length), final);
});

test('all that is offered may be asked for, in one request and one by one', async (t) => {
  const [server] = await party(t, []);
  // Of the two drafts of metadata "Clients MUST NOT" ask for more than one: that they are refused together is another test.
  const names = [...CAPABILITIES.keys()].filter((name) => name !== 'draft/metadata-2');
  // irc-framework asks for all that it knows in one line. "If an ACK reply is spread across multiple lines [...]".
  let request = `CAP REQ :${names.join(' ')}`;
  while (request.length > 510) request = request.replace(/ \S*$/, '');
  const [all = []] = await spoken(server, ['CAP LS 302', request, 'CAP END']);
  const taken = withoutOffer(all).map((line) => line.replace(':partyline.local CAP * ACK :', ''));
  assert.equal(taken.join(' '), request.slice(9));
  const [one = []] = await spoken(server, ['CAP LS', ...names.map((name) => `CAP REQ ${name}`)]);
  assert.deepEqual(
    one.slice(1),
    names.map((name) => `:partyline.local CAP * ACK :${name}`),
  );
});

// Goguma says all of it without waiting for an answer.
test('a whole registration at once, with a login that is not taken, byte by byte as well', async (t) => {
  const [server] = await party(t, []);
  const lines = [
    'CAP LS 302',
    'NICK alan',
    'USER alan 0 * :Alan',
    'CAP REQ server-time',
    'CAP REQ :message-tags',
    'CAP REQ :nonsense',
    'AUTHENTICATE PLAIN',
    'AUTHENTICATE AGFsYW4AaHVudGVyMg==',
    'CAP END',
  ];
  for (const answers of await spoken(server, lines)) {
    const verbs = withoutOffer(answers).map((line) => line.split(' ').slice(1, 4).join(' '));
    assert.deepEqual(verbs.slice(0, 3), ['CAP alan ACK', 'CAP alan ACK', 'CAP alan NAK']);
    assert.equal(verbs.filter((verb) => verb.startsWith('001 ')).length, 1);
    assert.ok(verbs.findIndex((verb) => verb.startsWith('904 ')) < verbs.findIndex((verb) => verb.startsWith('001 ')));
  }
});

// Modern, "Connection Registration": what is wrong on the way can be put right.
test('a nick that cannot be had is asked for again, and the last USER counts', async (t) => {
  const [server] = await party(t, ['taken']);
  const lines = [
    'NICK *',
    'NICK taken',
    'USER first 0 * :One',
    'USER second 0 * :Two words',
    'NICK alan',
    'WHOIS alan',
  ];
  for (const answers of await spoken(server, lines)) {
    assert.deepEqual(answers.slice(0, 2), [
      ':partyline.local 432 * * :Erroneous nickname',
      ':partyline.local 433 * taken :Nickname is already in use',
    ]);
    assert.match(answers[2] ?? '', / 001 alan /);
    assert.ok(answers.includes(':partyline.local 311 alan alan ~second 127.0.0.1 * :Two words'));
  }
});
