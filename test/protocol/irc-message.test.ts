// RFC 1459 section 2.3.1, Modern "Message Format", IRCv3 message-tags; cases in the manner of ircdocs/parser-tests.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseIrcMessage, serializeIrcMessage, type IrcMessage } from '../../src/protocol/irc/message.ts';

function parts(line: string): unknown {
  const message = parseIrcMessage(line);
  if (message === undefined) return undefined;
  const { tags, source, command, params } = message;
  return [Object.fromEntries(tags), source, command, params];
}

test('sources, commands and parameters', () => {
  assert.deepEqual(parts('foo bar baz asdf'), [{}, undefined, 'FOO', ['bar', 'baz', 'asdf']]);
  assert.deepEqual(parts(':coolguy foo bar baz :asdf quux'), [{}, 'coolguy', 'FOO', ['bar', 'baz', 'asdf quux']]);
  assert.deepEqual(parts('foo bar baz :'), [{}, undefined, 'FOO', ['bar', 'baz', '']]);
  assert.deepEqual(parts('foo bar baz ::asdf'), [{}, undefined, 'FOO', ['bar', 'baz', ':asdf']]);
  assert.deepEqual(parts(':coolguy foo bar baz :  asdf quux '), [{}, 'coolguy', 'FOO', ['bar', 'baz', '  asdf quux ']]);
  assert.deepEqual(parts(':coolguy PRIVMSG bar :lol :) '), [{}, 'coolguy', 'PRIVMSG', ['bar', 'lol :) ']]);
  assert.deepEqual(parts(':src   AWAY   '), [{}, 'src', 'AWAY', []]);
  assert.deepEqual(parts(':src JOIN #chan'), parts(':src JOIN :#chan'));
  assert.deepEqual(parts('  PING   a   b  '), [{}, undefined, 'PING', ['a', 'b']]);
  assert.deepEqual(parts(':cool\tguy foo bar\tbaz'), [{}, 'cool\tguy', 'FOO', ['bar\tbaz']]);
  for (const line of ['', '   ', ':source', '@tag', '@tag :source', ':']) assert.equal(parts(line), undefined, line);
});

test('tags, with and without values, escaped and not', () => {
  assert.deepEqual(parts('@a=b;c=32;k;rt=ql7 foo'), [{ a: 'b', c: '32', k: '', rt: 'ql7' }, undefined, 'FOO', []]);
  assert.deepEqual(parts('@a=b\\\\and\\nk;c=72\\s45;d=gh\\:764 foo'), [
    { a: 'b\\and\nk', c: '72 45', d: 'gh;764' },
    undefined,
    'FOO',
    [],
  ]);
  assert.deepEqual(parts('@a=\\b\\x\\;b=end\\ foo'), [{ a: 'bx', b: 'end' }, undefined, 'FOO', []], 'needless escapes');
  assert.deepEqual(
    parts('@a=1;a=2;c=;d :s foo x'),
    [{ a: '2', c: '', d: '' }, 's', 'FOO', ['x']],
    'the last one counts',
  );
  assert.deepEqual(parts('@+vendor.example/key=v=w foo'), [{ '+vendor.example/key': 'v=w' }, undefined, 'FOO', []]);
});

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
    fc.property(message, (original) => {
      assert.deepEqual(parseIrcMessage(serializeIrcMessage(original)), { ...original });
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

test('what could not be read back is not written', () => {
  const base = { tags: new Map(), source: undefined, command: 'X' };
  for (const params of [['a b', 'c'], ['', 'c'], [':a', 'c'], ['a\r\nQUIT'], ['a\0']]) {
    assert.throws(() => serializeIrcMessage({ ...base, params }), RangeError);
  }
});
