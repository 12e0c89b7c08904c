// RFC 2812 section 2.3: 512 bytes with the line end. Modern, "ERR_INPUTTOOLONG": refused, not cut.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { party } from '../support/irc-party.ts';

const SOURCE = ':alan!~alan@127.0.0.1 ';

test('a message fits if it does with its source in front; if not it is refused whole', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  const space = 510 - `${SOURCE}PRIVMSG beth :`.length;
  const tooLong = ':partyline.local 417 alan :Message is too long to be passed on whole';
  for (const colon of ['', ':']) {
    for (const end of ['x', '🙂']) {
      const text = 'x'.repeat(space - Buffer.byteLength(end)) + end;
      assert.deepEqual(await alan.all(`PRIVMSG beth ${colon}${text}`, `PRIVMSG beth ${colon}x${text}`), [tooLong]);
      assert.deepEqual(await beth.heard(), [`${SOURCE}PRIVMSG beth :${text}`]);
    }
  }
  assert.deepEqual(await alan.all(`PRIVMSG be,beth :${'x'.repeat(space + 1)}`), [tooLong], 'nobody gets it');
  assert.deepEqual(await beth.heard(), []);
});

test("a plain person's long line comes in pieces that tear no word, and nothing of it is lost", async (t) => {
  const [server, { alan }] = await party(t, ['alan']);
  await alan.all('JOIN #lobby');
  const plain = await server.welcomed();
  for (const text of ['some words '.repeat(120).trim(), 'é'.repeat(900), `${'x'.repeat(700)} end`]) {
    plain.send(`${text}\n/who\n`);
    await plain.until('alan');
    const lines = (await alan.heard()).filter((line) => line.includes(' PRIVMSG '));
    const pieces = lines.map((line) => line.slice(line.indexOf(' :') + 2));
    assert.ok(lines.length > 1 && lines.every((line) => Buffer.byteLength(line) <= 510));
    assert.equal(pieces.join(''), text);
    if (text.startsWith('some')) assert.ok(pieces.slice(0, -1).every((piece) => piece.endsWith(' ')));
  }
});

test('a line of the limit is taken, and what it makes is cut to the limit', async (t) => {
  const [, { alan }] = await party(t, ['alan']);
  const longest = `PING ${'x'.repeat(505)}`;
  alan.send(longest);
  const pong = await alan.line();
  assert.equal(pong, `:partyline.local PONG partyline.local :${'x'.repeat(505)}`.slice(0, 510));
  assert.deepEqual(await alan.all(`${longest}x`), [':partyline.local 417 alan :Input line was too long']);
  const [, , , ...answer] = await alan.all('JOIN #a', `TOPIC #a :${'é'.repeat(195)}`, 'TOPIC #a');
  for (const line of answer) assert.ok(Buffer.byteLength(line) <= 510, line);
});

test('characters that are sent byte by byte arrive whole', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  for (const byte of Buffer.from('privmsg beth :é🙂\r\n')) alan.text.send(Buffer.from([byte]));
  assert.equal(await beth.line(), `${SOURCE}PRIVMSG beth :é🙂`);
});

// A message has no CR in it: a client that takes one for a line end could be made to see lines that nobody sent.
test('a CR or NUL inside of a line is not passed on', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('PRIVMSG beth :one\r:root KILL\0 beth');
  assert.deepEqual(await beth.heard(), [`${SOURCE}PRIVMSG beth :one:root KILL beth`]);
});

test('a line without an end ends the connection', async (t) => {
  const [server, { beth }] = await party(t, ['beth']);
  const client = await server.open();
  client.send('NICK alan\r\nUSER a 0 * :A\r\nJOIN #a\r\n');
  await beth.all('JOIN #a');
  client.send(`PRIVMSG #a :${'x'.repeat(16_384)}`);
  await client.until('ERROR :Closing link: (A line without an end)\r\n');
  await client.end();
  assert.equal((await beth.heard()).at(-1), ':alan!~a@127.0.0.1 QUIT :A line without an end');
});
