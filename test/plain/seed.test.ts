// The seed protocol: what the first chat server did, to the byte. Its clients are one bare socket each; they send no
// newline, and print what comes as it comes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../support/test-server.ts';

const FAST = { limits: { detection_ms: 30 }, plain: { silence_ms: 40, first_byte_ms: 120, typing_ms: 400 } };

// product.md, the seed protocol: "On connecting, a client is sent `welcome`"; the rest of the line is ours.
test('a silent client is welcomed in one line that says who, where, with how many, and how to get help', async (t) => {
  const { open } = await startServer(t, FAST);
  const first = await open();
  const hello = `welcome! you are ${first.label} in #lobby, alone so far. /nick NAME, /help\n`;
  assert.equal(await first.until('\n'), hello);
  const second = await open();
  assert.equal(
    await second.until('\n'),
    `welcome! you are ${second.label} in #lobby with 1 other. /nick NAME, /help\n`,
  );
});

// product.md: "It goes to every other client as `<ADDRESS : PORT> :TEXT` ... The sender is not sent its own message back."
test('three unframed clients and a fourth that dies mid-word: the transcripts, byte for byte', async (t) => {
  const { welcomed } = await startServer(t, FAST);
  const [ann, bob, cat, dan] = [await welcomed(), await welcomed(), await welcomed(), await welcomed()];
  const skip = [ann, bob, cat].map((client) => client.received.length);

  ann.send('hi');
  await bob.until('hi\n');
  await cat.until('hi\n');
  dan.send('ag');
  dan.socket.resetAndDestroy();
  bob.send('hello there');
  await ann.until('hello there\n');
  await cat.until('hello there\n');
  cat.send('y');
  await ann.until('y\n');
  await bob.until('y\n');
  cat.send('n');
  await ann.until('n\n');
  await bob.until('n\n');

  const [toAnn, toBob, toCat] = [ann, bob, cat].map((client, index) => client.received.slice(skip[index]));
  assert.equal(toAnn, `<${bob.label}> :hello there\n<${cat.label}> :y\n<${cat.label}> :n\n`);
  assert.equal(toBob, `<${ann.label}> :hi\n<${cat.label}> :y\n<${cat.label}> :n\n`);
  assert.equal(toCat, `<${ann.label}> :hi\n<${bob.label}> :hello there\n`);
});

// product.md: "Bytes left over when a client half-closes are a message too (`printf hi | nc -N HOST 8001`)."
test('bytes left over when a client half-closes are a message, and the server closes its side', async (t) => {
  const { open, welcomed } = await startServer(t, FAST);
  const listener = await welcomed();
  const client = await open();
  client.socket.end('deploy done');
  assert.equal(await listener.until('\n'), `<${client.label}> :deploy done\n`);
  await client.end();
  assert.match(client.received, /^welcome[^\n]*\n$/);
});

// product.md: "a lone first byte waits three seconds, or for a burst that settles what the client is"
test('a lone first byte becomes a message of its own when a later burst shows that the client sends no newlines', async (t) => {
  const { open, welcomed } = await startServer(t, { ...FAST, plain: { ...FAST.plain, first_byte_ms: 60_000 } });
  const listener = await welcomed();
  const client = await open();
  client.send('y');
  // Fence: the server has read the byte when it welcomes (the byte alone says which protocol this is not).
  await client.line();
  await new Promise((resolve) => setTimeout(resolve, FAST.plain.silence_ms * 2));
  client.send('hello');
  assert.equal(await listener.until('hello\n'), `<${client.label}> :y\n<${client.label}> :hello\n`);
});

test('a lone first byte that nothing follows is a message after its time', async (t) => {
  const { open, welcomed } = await startServer(t, FAST);
  const listener = await welcomed();
  const client = await open();
  client.send('y');
  assert.equal(await listener.until('\n'), `<${client.label}> :y\n`);
});

// product.md: "a character-at-a-time telnet must not be cut into letters"
test('keys that come one at a time are one message when Enter comes', async (t) => {
  const { welcomed } = await startServer(t, {
    ...FAST,
    plain: { ...FAST.plain, first_byte_ms: 60_000, typing_ms: 60_000 },
  });
  const [listener, typist] = [await welcomed(), await welcomed()];
  for (const key of 'hé, you\r\n') {
    typist.send(key);
    await new Promise((resolve) => setTimeout(resolve, FAST.plain.silence_ms * 1.5));
  }
  assert.equal(await listener.until('\n'), `<${typist.label}> :hé, you\n`);
});

test('arrivals and departures of guests are silent, and so is what named people do, to somebody who only talks', async (t) => {
  const { open, welcomed } = await startServer(t, FAST);
  const guest = await welcomed();
  const named = await welcomed();
  named.send('/nick alan\n/join #games\n/part #games\n/topic new\n');
  await named.until('set\n');
  (await open()).close();
  named.send('done\n');
  assert.equal(await guest.until('\n'), '<alan> :done\n');
});

test('a line typed by somebody with a newline and one without arrive alike, and CRLF like LF', async (t) => {
  const { welcomed } = await startServer(t, FAST);
  const [listener, unix, dos, bare] = [await welcomed(), await welcomed(), await welcomed(), await welcomed()];
  unix.send('one\n');
  assert.equal(await listener.line(), `<${unix.label}> :one`);
  dos.send('one\r\n');
  assert.equal(await listener.line(), `<${dos.label}> :one`);
  bare.send('one');
  assert.equal(await listener.line(), `<${bare.label}> :one`);
});
