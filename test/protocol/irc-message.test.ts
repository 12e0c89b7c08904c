// RFC 1459 section 2.3.1, Modern "Message Format", IRCv3 message-tags; cases in the manner of ircdocs/parser-tests.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { body, cutText, lineText, tag } from '../../src/dialects/irc/line.ts';
import { IrcFraming } from '../../src/protocol/irc/framing.ts';
import { parseIrcMessage, type IrcMessage } from '../../src/protocol/irc/message.ts';
import { cutAt } from '../support/cut.ts';

interface Parts {
  readonly tags?: Readonly<Record<string, string>>;
  readonly source?: string;
  readonly command: string;
  readonly params?: readonly string[];
}

/** Messages as they come, and what is in them. */
const READ: readonly (readonly [line: string, parts: Parts])[] = [
  ['PING', { command: 'PING' }],
  ['ping', { command: 'PING' }],
  ['one two three four', { command: 'ONE', params: ['two', 'three', 'four'] }],
  [':here one two three', { source: 'here', command: 'ONE', params: ['two', 'three'] }],
  // The last parameter, with and without a colon.
  ['one two :three four', { command: 'ONE', params: ['two', 'three four'] }],
  ['one two :', { command: 'ONE', params: ['two', ''] }],
  ['one two ::three', { command: 'ONE', params: ['two', ':three'] }],
  ['one two :  three  four ', { command: 'ONE', params: ['two', '  three  four '] }],
  ['one two :  ', { command: 'ONE', params: ['two', '  '] }],
  [':here PRIVMSG there :ha :) ', { source: 'here', command: 'PRIVMSG', params: ['there', 'ha :) '] }],
  ['one t:wo :three', { command: 'ONE', params: ['t:wo', 'three'] }],
  [':here JOIN #room', { source: 'here', command: 'JOIN', params: ['#room'] }],
  [':here JOIN :#room', { source: 'here', command: 'JOIN', params: ['#room'] }],
  [':boss MODE #room :+m', { source: 'boss', command: 'MODE', params: ['#room', '+m'] }],
  [':boss MODE #room +vv one :two', { source: 'boss', command: 'MODE', params: ['#room', '+vv', 'one', 'two'] }],
  // Any number of spaces between the parts; no other character is one.
  [':here AWAY ', { source: 'here', command: 'AWAY' }],
  [':here   AWAY   ', { source: 'here', command: 'AWAY' }],
  ['  one   two   three  ', { command: 'ONE', params: ['two', 'three'] }],
  [':irc.here 432  #no :Erroneous: it is', { source: 'irc.here', command: '432', params: ['#no', 'Erroneous: it is'] }],
  [':tab\there one tw\to', { source: 'tab\there', command: 'ONE', params: ['tw\to'] }],
  ['one tw\u00a0o', { command: 'ONE', params: ['tw\u00a0o'] }],
  [
    ':n!~u@h\u0002os\u000307,1t\u000f.example PRIVMSG me :hi',
    { source: 'n!~u@h\u0002os\u000307,1t\u000f.example', command: 'PRIVMSG', params: ['me', 'hi'] },
  ],
  // Tags with values and without, of vendors and of clients.
  ['@a=b;c=32;k;r=q7 one', { tags: { a: 'b', c: '32', k: '', r: 'q7' }, command: 'ONE' }],
  ['@a;b= :here one two', { tags: { a: '', b: '' }, source: 'here', command: 'ONE', params: ['two'] }],
  ['@a   :here   one', { tags: { a: '' }, source: 'here', command: 'ONE' }],
  ['@a=b=c;+vendor.example/d=e one', { tags: { a: 'b=c', '+vendor.example/d': 'e' }, command: 'ONE' }],
  ['@a=1;b=2;a=3;v/a=4 one', { tags: { a: '3', b: '2', 'v/a': '4' }, command: 'ONE' }],
  ['@;a;; one', { tags: { a: '' }, command: 'ONE' }],
  ['@=x;a one', { tags: { a: '' }, command: 'ONE' }],
  // Escaping, a character at a time; what needs none is itself, and a backslash at the end is nothing.
  ['@a=\\:\\s\\\\\\r\\n one', { tags: { a: '; \\\r\n' }, command: 'ONE' }],
  ['@a=x\\\\ny\\\\\\\\z one', { tags: { a: 'x\\ny\\\\z' }, command: 'ONE' }],
  ['@a=\\x\\1 one', { tags: { a: 'x1' }, command: 'ONE' }],
  ['@a=end\\;b=\\ one', { tags: { a: 'end', b: '' }, command: 'ONE' }],
];

for (const [line, { tags = {}, source, command, params = [] }] of READ) {
  test(`${JSON.stringify(line)} is read as its parts`, () => {
    const message = parseIrcMessage(line);
    assert.ok(message !== undefined);
    assert.deepEqual(
      { ...message, tags: Object.fromEntries(message.tags) },
      { tags, source, command, params: [...params] },
    );
  });
}

test('what has no command in it is no message', () => {
  for (const line of ['', '   ', ':source', ':source ', '@tag', '@tag :source', ':', '@', '@ ']) {
    assert.equal(parseIrcMessage(line), undefined, line);
  }
});

function write({ tags = {}, source, command, params = [] }: Parts): string {
  const written = Object.entries(tags).map(([name, value]) => tag(name, value));
  return lineText({ tags: written, body: body(source, command, ...params) });
}

/** Parts, and the message that they make. */
const WRITTEN: readonly (readonly [parts: Parts, line: string])[] = [
  [{ command: 'ONE', params: ['two', 'three'] }, 'ONE two three'],
  [{ source: 'here', command: 'AWAY' }, ':here AWAY'],
  [{ source: 'here', command: 'AWAY', params: [''] }, ':here AWAY :'],
  [{ source: 'here', command: 'ONE', params: ['two', 'three four'] }, ':here ONE two :three four'],
  [{ command: 'ONE', params: ['two', ':three'] }, 'ONE two ::three'],
  [{ command: 'ONE', params: ['two', '  '] }, 'ONE two :  '],
  [{ command: 'ONE', params: ['t\two', 'three'] }, 'ONE t\two three'],
  // A tag without a value stays without "=", so that it takes no more room than it took.
  [{ tags: { a: '' }, source: 'here', command: 'ONE' }, '@a :here ONE'],
  [{ tags: { a: 'x\\y\nz', b: '1;2' }, command: 'ONE', params: ['two'] }, '@a=x\\\\y\\nz;b=1\\:2 ONE two'],
  [{ tags: { a: '\\\\;\\s \r\n' }, command: 'ONE' }, '@a=\\\\\\\\\\:\\\\s\\s\\r\\n ONE'],
  // RFC 2812 section 2.3.1: a parameter has neither NUL nor CR nor LF.
  [{ command: 'ONE', params: ['two', 'a\rQUIT\nb\0'] }, 'ONE two :a QUIT b '],
];

for (const [parts, line] of WRITTEN) {
  test(`${JSON.stringify(line)} is written from its parts`, () => assert.equal(write(parts), `${line}\r\n`));
}

const word = fc.string({
  unit: fc.constantFrom('a', 'Z', '0', '#', '!', '@', 'é', '🙂', '=', ';', ':', '\\'),
  minLength: 1,
});
const middle = word.filter((text) => !text.startsWith(':'));
const trailing = fc.string({ unit: fc.constantFrom('a', ' ', ':', 'é', '\\', '\t') });
const tagValue = fc.string({ unit: fc.constantFrom('a', ' ', ';', '\\', '\r', '\n', 'é', '=') });
const message: fc.Arbitrary<IrcMessage> = fc.record({
  tags: fc.array(fc.tuple(fc.constantFrom('a', '+b', 'c/d', '+e.f/g'), tagValue)).map((entries) => new Map(entries)),
  source: fc.option(middle, { nil: undefined }),
  command: fc.constantFrom('PRIVMSG', '001', 'X'),
  params: fc.tuple(fc.array(middle, { maxLength: 4 }), trailing).map(([before, last]) => [...before, last]),
});

test('what was written is read back as it was', () => {
  fc.assert(
    fc.property(message, ({ tags, source, command, params }) => {
      const line = write({
        tags: Object.fromEntries(tags),
        ...(source === undefined ? {} : { source }),
        command,
        params,
      });
      assert.deepEqual(parseIrcMessage(line.slice(0, -2)), { tags, source, command, params });
    }),
    { numRuns: 2000 },
  );
});

test('whatever is in it, what is written is one line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.match(write({ tags: { a: text }, source: 'here', command: 'X', params: ['y', text] }), /^[^\r\n\0]*\r\n$/);
    }),
    { numRuns: 2000 },
  );
});

test('any text at all is read without a fault', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => void parseIrcMessage(text)),
    { numRuns: 2000 },
  );
});

/** The messages in some chunks, as the server reads them. */
function read(chunks: readonly Buffer[]): unknown[] {
  const framing = new IrcFraming();
  const found: unknown[] = [];
  for (const chunk of chunks) {
    framing.push(chunk);
    for (let line = framing.next(); line !== undefined; line = framing.next()) {
      found.push(line.kind === 'line' ? parseIrcMessage(line.bytes.toString('latin1')) : line.kind);
    }
  }
  return found;
}

test('any bytes in any chunks give the same messages', () => {
  const text = fc.constantFrom(
    '@a=b;c ',
    ':s ',
    'PING',
    ' x',
    ' :',
    '\r\n',
    '\n',
    '\r',
    '\0',
    'é',
    '\xff',
    'x'.repeat(5000),
  );
  const bytes = fc.oneof(
    fc
      .array(text, { maxLength: 30, size: 'max' })
      .map((parts) => parts.join(''))
      // A line that never ends is told of in another way when it comes at once (see the test of lines).
      .filter((stream) => stream.split('\n').every(({ length }) => length < 16_000))
      .map((stream) => Buffer.from(stream, 'latin1')),
    fc.uint8Array({ maxLength: 300, size: 'max' }).map((values) => Buffer.from(values)),
  );
  fc.assert(
    fc.property(bytes, fc.array(fc.nat(6000), { maxLength: 20 }), (stream, cuts) => {
      assert.deepEqual(read(cutAt(stream, cuts)), read([stream]));
    }),
    { numRuns: 1000 },
  );
});

test('a text that is cut loses nothing, and no piece is too long or ends within a character', () => {
  const text = fc.string({ unit: fc.constantFrom('a', ' ', 'é', '€', '🙂'), maxLength: 200, size: 'max' });
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 50 }), (whole, maxBytes) => {
      const pieces = cutText(whole, maxBytes);
      assert.equal(pieces.join(''), whole);
      assert.ok(pieces.every((piece) => Buffer.byteLength(piece) <= maxBytes && piece.isWellFormed()));
    }),
    { numRuns: 1000 },
  );
});
