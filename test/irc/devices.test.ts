// Several clients of one account: one nick, in the same channels, each told what the others do.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { killDevice, openDevice } from '../support/irc-device.ts';
import { withVerb, party, verbs } from '../support/irc-party.ts';
import { makeAccount, PASSWORD } from '../support/log-in.ts';
import type { TestServer } from '../support/test-server.ts';

const ALAN = ':alan!~alan@127.0.0.1';
const LABELS = 'batch labeled-response';

/** Two clients of alan's, with capabilities each, in a channel with somebody else. */
async function twoDevices(
  t: TestContext,
  capabilities: readonly [string, string] = ['', ''],
): Promise<{ server: TestServer; desk: IrcClient; phone: IrcClient; beth: IrcClient }> {
  const [server, { beth }] = await party(t, ['beth']);
  await makeAccount(server, 'alan');
  const { client: desk } = await openDevice(server, 'alan', { capabilities: capabilities[0] });
  const { client: phone } = await openDevice(server, 'alan', { capabilities: capabilities[1] });
  await desk.all('JOIN #a');
  await beth.all('JOIN #a');
  for (const client of [desk, phone]) await client.heard();
  return { server, desk, phone, beth };
}

// IRCv3 echo-message is about one's own client; what another one says is no echo, and comes all the same.
test('what one client says the others are told as said by oneself, in channels and to people', async (t) => {
  const { desk, phone, beth } = await twoDevices(t, ['echo-message', 'znc.in/self-message']);
  const said = [`${ALAN} PRIVMSG #a :to all`, `${ALAN} PRIVMSG beth :to beth`, `${ALAN} NOTICE beth :mind`];
  const lines = ['PRIVMSG #a :to all', 'PRIVMSG beth :to beth', 'NOTICE beth :mind'];
  assert.deepEqual(await desk.all(...lines), said, 'its own words, for it asked for echoes');
  assert.deepEqual(await phone.heard(), said);
  assert.deepEqual(await phone.all(...lines), [], 'it did not');
  assert.deepEqual(await desk.heard(), said);
  assert.deepEqual(await beth.heard(), [...said, ...said]);
});

test('what others say to one, and one to oneself, comes to each client once', async (t) => {
  const { desk, phone, beth } = await twoDevices(t);
  await beth.all('PRIVMSG alan :hello');
  for (const client of [desk, phone]) {
    assert.deepEqual(await client.heard(), [':beth!~beth@127.0.0.1 PRIVMSG alan :hello']);
  }
  assert.deepEqual(await desk.all('PRIVMSG alan :note'), [`${ALAN} PRIVMSG alan :note`]);
  assert.deepEqual(await phone.heard(), [`${ALAN} PRIVMSG alan :note`]);
});

// IRCv3 labeled-response, message-tags: the label is the sender's; time and id are the message's.
test('a label, and the answer, are for the client that sent; the others get the same message without', async (t) => {
  const capabilities = `${LABELS} message-tags server-time echo-message`;
  const { desk, phone } = await twoDevices(t, [capabilities, capabilities]);
  for (const line of ['PRIVMSG #a :hi', 'PRIVMSG beth :hi', 'TAGMSG #a', 'TOPIC #a :new']) {
    const [own = '', ...more] = await desk.raw(`@label=x;+draft/react=🙂 ${line}`);
    assert.deepEqual(more, []);
    assert.ok(own.startsWith('@label=x;'), own);
    assert.deepEqual(await phone.raw(), [own.replace('label=x;', '')]);
  }
  assert.deepEqual(verbs(await desk.all('@label=y WHOIS beth')).at(-1), 'BATCH');
  assert.deepEqual(await phone.heard(), []);
});

test('one nick, the same channels and modes: what one client changes has changed for all', async (t) => {
  const { desk, phone, beth } = await twoDevices(t, ['', 'account-notify']);
  const both = async (line: string, told: readonly string[]): Promise<void> => {
    assert.deepEqual(await desk.all(line), told);
    assert.deepEqual(await phone.heard(), told);
  };
  await both('MODE #a +v beth', [`${ALAN} MODE #a +v beth`]);
  await both('TOPIC #a :ours', [`${ALAN} TOPIC #a :ours`]);
  await both('MODE alan +i', [`${ALAN} MODE alan +i`]);
  await both('NICK al', [`${ALAN} NICK al`]);
  await both('KICK #a beth :out', [':al!~alan@127.0.0.1 KICK #a beth out']);
  await both('PART #a :bye', [':al!~alan@127.0.0.1 PART #a bye']);
  assert.deepEqual(verbs(await phone.all('JOIN #b')), ['JOIN', '353', '366']);
  assert.deepEqual(verbs(await desk.heard()), ['JOIN', '353', '366'], 'as if it had joined itself');
  await beth.all('JOIN #b', 'PRIVMSG #b :hi');
  assert.deepEqual(withVerb('PRIVMSG', await desk.heard()), [':beth!~beth@127.0.0.1 PRIVMSG #b :hi']);
  await phone.all('KICK #b al :enough');
  assert.deepEqual(verbs(await desk.heard()), ['KICK']);
  assert.deepEqual(verbs(await desk.all('PRIVMSG #b :x')), ['404']);
});

test('one client goes, and nobody is told; with the last one somebody leaves', async (t) => {
  const { desk, phone, beth } = await twoDevices(t);
  await killDevice(desk, beth);
  assert.deepEqual(await beth.heard(), []);
  assert.deepEqual(await phone.all('PRIVMSG #a :still here'), []);
  assert.deepEqual(withVerb('PRIVMSG', await beth.heard()), [`${ALAN} PRIVMSG #a :still here`]);
  phone.send('QUIT :bye');
  assert.equal(await phone.line(), `${ALAN} QUIT :Quit: bye`);
  assert.match(await phone.line(), /^ERROR /);
  await phone.text.end();
  assert.deepEqual(await beth.heard(), [`${ALAN} QUIT :Quit: bye`]);
});

// Away is who is at none of their clients.
test('somebody is away when all of their clients say so, and back with the first that does not', async (t) => {
  const { server, desk, phone, beth } = await twoDevices(t);
  await beth.all('CAP REQ :away-notify');
  assert.deepEqual(verbs(await desk.all('AWAY :lunch')), ['306']);
  assert.deepEqual(await beth.heard(), []);
  await phone.all('AWAY :meeting');
  assert.deepEqual(await beth.heard(), [`${ALAN} AWAY meeting`]);
  const { client: tablet } = await openDevice(server, 'alan');
  assert.deepEqual(await beth.heard(), [`${ALAN} AWAY`]);
  await killDevice(tablet, phone);
  assert.deepEqual(await beth.heard(), [`${ALAN} AWAY meeting`]);
  await desk.all('AWAY');
  assert.deepEqual(await beth.heard(), [`${ALAN} AWAY`]);
});

test('no more clients than the server takes; one that is refused may come under another nick', async (t) => {
  const [server] = await party(t, [], { limits: { devices_per_session: 2 } });
  await makeAccount(server, 'alan');
  await openDevice(server, 'alan');
  const { client: second } = await openDevice(server, 'alan');
  const { client: third, greeting } = await openDevice(server, 'alan');
  assert.deepEqual(
    greeting.at(-1),
    ':partyline.local 400 alan NICK :You are here with 2 clients already, which is the most',
  );
  await killDevice(second, third);
  assert.equal(withVerb('001', await third.all('NICK alan')).length, 1);
});

test('who logs in late and asks for the nick that they have here already becomes one more client of theirs', async (t) => {
  const { server, desk, beth } = await twoDevices(t);
  const late = await IrcClient.join(server, 'visitor');
  await late.all('JOIN #a', 'JOIN #b', `NS IDENTIFY alan ${PASSWORD}`);
  await desk.all('PRIVMSG #a :seen');
  await late.heard();
  for (const client of [desk, beth]) await client.heard();
  const lines = await late.all('NICK alan');
  assert.deepEqual(lines.slice(0, 4), [
    ':visitor!~visitor@127.0.0.1 PART #a',
    ':visitor!~visitor@127.0.0.1 PART #b',
    ':visitor!~visitor@127.0.0.1 NICK alan',
    ':partyline.local 221 alan +r',
  ]);
  assert.deepEqual(verbs(lines.slice(4)), ['JOIN', '353', '366']);
  assert.deepEqual(verbs(await beth.heard()), ['QUIT'], 'the visitor is gone');
  await beth.all('PRIVMSG alan :hi');
  for (const client of [desk, late]) {
    assert.deepEqual(withVerb('PRIVMSG', await client.heard()), [':beth!~beth@127.0.0.1 PRIVMSG alan :hi']);
  }
});

// IRCv3 read-marker: "the server SHOULD send a MARKREAD command for that target to all the clients of the user".
test('all clients agree how far somebody has read, whoever says so, and also those that come later', async (t) => {
  const { server, desk, phone } = await twoDevices(t, ['draft/read-marker', 'draft/read-marker']);
  const { client: old } = await openDevice(server, 'alan');
  const marked = (target: string, time: string): string => `:partyline.local MARKREAD ${target} timestamp=${time}`;
  const [early, late] = ['2019-01-04T14:33:26.123Z', '2019-06-01T12:00:00.000Z'];
  for (const target of ['#a', 'beth']) {
    assert.deepEqual(await desk.all(`MARKREAD ${target} timestamp=${late}`), [marked(target, late)]);
    assert.deepEqual(await phone.heard(), [marked(target, late)]);
    assert.deepEqual(await phone.all(`MARKREAD ${target} timestamp=${early}`), [marked(target, late)]);
    assert.deepEqual(await desk.heard(), []);
    assert.deepEqual(await old.heard(), []);
  }
  const { client: later, greeting } = await openDevice(server, 'alan', { capabilities: 'draft/read-marker' });
  assert.ok(greeting.includes(marked('#a', late)));
  assert.deepEqual(await later.all('MARKREAD beth'), [marked('beth', late)]);
});
