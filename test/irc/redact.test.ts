// IRCv3 message-redaction.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { party } from '../support/irc-party.ts';
import { startKeptServer } from '../support/kept-server.ts';
import type { Changes, TestServer } from '../support/test-server.ts';

const TAGS = 'message-tags batch echo-message labeled-response draft/chathistory draft/event-playback';
const REDACTING = `${TAGS} draft/message-redaction`;

/** Two who know REDACT are in #a, where alan keeps order. */
async function inChannel(
  t: TestContext,
  changes?: Changes,
): Promise<{ server: TestServer; alan: IrcClient; beth: IrcClient }> {
  const [server] = await party(t, [], changes);
  const alan = await IrcClient.join(server, 'alan', REDACTING);
  await alan.all('JOIN #a');
  const beth = await IrcClient.join(server, 'beth', REDACTING);
  await beth.all('JOIN #a');
  await alan.heard();
  return { server, alan, beth };
}

/** Sends a line of whose echo the id is wanted. */
async function idOf(client: IrcClient, line: string): Promise<string> {
  const id = /msgid=(\w+)/.exec((await client.raw(line)).at(-1) ?? '')?.[1];
  assert.ok(id !== undefined);
  return id;
}

// "the server SHOULD forward this REDACT, with an appropriate prefix, to the target recipients that have negotiated".
test('an author takes back what they said: those who know REDACT are sent it, and history has it no longer', async (t) => {
  const { alan, beth } = await inChannel(t);
  const first = await idOf(beth, 'PRIVMSG #a :oops');
  const second = await idOf(beth, 'PRIVMSG #a :fine');
  const reaction = await idOf(alan, `@+draft/reply=${first};+draft/react=x TAGMSG #a`);
  await alan.heard();
  await beth.heard();
  const redaction = `:beth!~beth@127.0.0.1 REDACT #a ${first}`;
  const answer = await beth.raw(`@label=1 REDACT #a ${first}`);
  assert.match(answer.join('|'), new RegExp(`^@label=1;msgid=\\w+ ${redaction}$`));
  assert.deepEqual(await alan.all(), [redaction]);
  const history = (await alan.raw('CHATHISTORY LATEST #a * 10')).join('|');
  assert.ok(history.includes(second) && !history.includes('oops') && !history.includes(reaction), history);
  assert.deepEqual(await beth.all(`REDACT #a ${first}`), [
    `:partyline.local FAIL REDACT UNKNOWN_MSGID #a ${first} :This message does not exist, or is kept no longer`,
  ]);
});

// "Allowing channel moderators or server admins to delete unwelcome messages from others".
test('half-operators and operators of the server take back what others said, nobody else does', async (t) => {
  const { server, alan, beth } = await inChannel(t, { irc: { operators: ['root:correcthorse'] } });
  const carl = await IrcClient.join(server, 'carl', REDACTING);
  const ofAlan = await idOf(alan, 'PRIVMSG #a :mine');
  const spam = await idOf(beth, 'PRIVMSG #a :spam');
  const more = await idOf(beth, 'PRIVMSG #a :more spam');
  await alan.heard();
  await beth.heard();
  const forbidden = `:partyline.local FAIL REDACT REDACT_FORBIDDEN #a ${ofAlan} :You are not authorised to delete this message`;
  assert.deepEqual(await beth.all(`REDACT #a ${ofAlan}`), [forbidden]);
  assert.deepEqual(await alan.all(`REDACT #a ${spam} :no spam`), [`:alan!~alan@127.0.0.1 REDACT #a ${spam} :no spam`]);
  const outside = ':partyline.local FAIL REDACT INVALID_TARGET #a :You cannot delete messages there';
  assert.deepEqual(await carl.all(`REDACT #a ${more}`), [outside]);
  await carl.all('OPER root correcthorse');
  assert.deepEqual(await carl.all(`REDACT #a ${more}`), [`:carl!~carl@127.0.0.1 REDACT #a ${more}`]);
  assert.deepEqual(await beth.all(), [
    `:alan!~alan@127.0.0.1 REDACT #a ${spam} :no spam`,
    `:carl!~carl@127.0.0.1 REDACT #a ${more}`,
  ]);
});

test('who keeps order in one channel does not in another, whatever they say where it was said', async (t) => {
  const { alan, beth } = await inChannel(t);
  await beth.all('JOIN #beth');
  await alan.all('JOIN #beth');
  const id = await idOf(beth, 'PRIVMSG #beth :hers');
  await alan.heard();
  assert.match((await alan.all(`REDACT #a ${id}`))[0] ?? '', /FAIL REDACT UNKNOWN_MSGID #a /);
  assert.match((await alan.all(`REDACT #beth ${id}`))[0] ?? '', /FAIL REDACT REDACT_FORBIDDEN #beth /);
  const [nowhere, nobody, unknown, few] = await alan.all(
    'REDACT #nowhere x',
    'REDACT nobody x',
    'REDACT #beth nonsense',
    'REDACT #beth',
  );
  assert.equal(nowhere, ':partyline.local FAIL REDACT INVALID_TARGET #nowhere :You cannot delete messages there');
  assert.equal(nobody, ':partyline.local FAIL REDACT INVALID_TARGET nobody :You cannot delete messages there');
  assert.match(unknown ?? '', /FAIL REDACT UNKNOWN_MSGID #beth nonsense :/);
  assert.equal(few, ':partyline.local 461 alan REDACT :Not enough parameters');
});

test('private words and reactions are taken back by who sent them', async (t) => {
  const { alan, beth } = await inChannel(t);
  const said = await idOf(alan, 'PRIVMSG beth :a secret');
  const reaction = await idOf(alan, '@+draft/react=👍 TAGMSG #a');
  await beth.heard();
  assert.match((await beth.all(`REDACT alan ${said}`))[0] ?? '', /FAIL REDACT REDACT_FORBIDDEN alan /);
  assert.deepEqual(await alan.all(`REDACT beth ${said}`, `REDACT #a ${reaction}`), [
    `:alan!~alan@127.0.0.1 REDACT beth ${said}`,
    `:alan!~alan@127.0.0.1 REDACT #a ${reaction}`,
  ]);
  assert.deepEqual(await beth.all(), [
    `:alan!~alan@127.0.0.1 REDACT beth ${said}`,
    `:alan!~alan@127.0.0.1 REDACT #a ${reaction}`,
  ]);
  assert.ok(!(await beth.all('CHATHISTORY LATEST alan * 5')).join().includes('secret'));
});

// "MUST not forward this REDACT to target recipients that have not negotiated this capability".
test('old clients and plain people are told in words', async (t) => {
  const [server] = await party(t, []);
  const [plain, bare] = [await server.welcomed(), await server.welcomed()];
  plain.send('/topic\n');
  await plain.line();
  const [alan, old] = [await IrcClient.join(server, 'alan', REDACTING), await IrcClient.join(server, 'old', TAGS)];
  await alan.all('JOIN #lobby');
  await old.all('JOIN #lobby');
  const said = await idOf(alan, 'PRIVMSG #lobby :oops');
  const reaction = await idOf(alan, `@+draft/reply=${said};+draft/react=👍 TAGMSG #lobby`);
  await old.heard();
  await alan.all(`REDACT #lobby ${reaction}`, `REDACT #lobby ${said} :wrong channel`, 'PRIVMSG #lobby :end');
  const told = (await old.all()).map((line) => line.replace(/\d+ seconds?/, 'N'));
  assert.deepEqual(told, [
    ':partyline.local NOTICE #lobby :alan has deleted a message from N ago: wrong channel',
    ':alan!~alan@127.0.0.1 PRIVMSG #lobby :end',
  ]);
  const heard = (await plain.until('end\n')).split('\n').map((line) => line.replace(/\d+ seconds?/, 'N'));
  assert.deepEqual(heard.slice(-4), [
    '* alan takes back their 👍',
    '* alan took back what they said N ago (wrong channel)',
    '<alan> :end',
    '',
  ]);
  assert.ok((await bare.until('end\n')).endsWith('<alan> :oops\n<alan> :end\n'));
});

test('what was taken back is not found by a search', async (t) => {
  const server = await startKeptServer(t);
  const alan = await IrcClient.join(server, 'alan', REDACTING);
  await alan.all('JOIN #a');
  const id = await idOf(alan, 'PRIVMSG #a :tuba solo');
  await alan.all('PRIVMSG #a :tuba choir');
  await alan.all('SEARCH text=tuba;in=#a');
  await alan.all(`REDACT #a ${id}`);
  for (;;) {
    const found = (await alan.all('SEARCH text=tuba;in=#a')).filter((line) => line.includes('PRIVMSG'));
    assert.ok(!found.join().includes('solo'));
    if (found.length === 1) break;
  }
});

test('a setting ends the time in which somebody may take back what they said, but not for operators', async (t) => {
  const { alan, beth } = await inChannel(t, { limits: { redact_hours: 1 } });
  const id = await idOf(beth, 'PRIVMSG #a :now');
  const [told] = await beth.all(`REDACT #a ${id}`);
  assert.equal(told, `:beth!~beth@127.0.0.1 REDACT #a ${id}`);
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const old = await idOf(beth, 'PRIVMSG #a :old');
  t.mock.timers.tick(3_600_001);
  assert.deepEqual(await beth.all(`REDACT #a ${old}`), [
    `:partyline.local FAIL REDACT REDACT_WINDOW_EXPIRED #a ${old} 1h :You can no longer delete this message`,
  ]);
  await alan.heard();
  assert.deepEqual(await alan.all(`REDACT #a ${old}`), [`:alan!~alan@127.0.0.1 REDACT #a ${old}`]);
});
