import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nickLook } from '../../src/domain/nick-look.ts';
import { parseNick } from '../../src/domain/nick.ts';

test('letters of other scripts look like the Latin letters that they can be taken for', () => {
  for (const [name, look] of [
    ['аӏехеу', 'alexey'],
    ['ВЕТН', 'beth'],
    ['ΝΑΤΕ', 'nate'],
    ['νατε', 'vate'],
    ['ϲαt', 'cat'],
    ['հօո', 'hon'],
    ['ᎪᎳᎬ', 'awe'],
    ['ꓡꓲꓢꓮ', 'lisa'],
    ['ａｌａｎ', 'alan'],
    ['𝐚𝓁𝖆𝚗', 'alan'],
    ['ᴀʟᴀɴ', 'alan'],
    ['b०b', 'bob'],
    ['зоё', '3oë'],
  ] as const) {
    assert.equal(nickLook(name), look, name);
  }
});

test('what people tell apart looks different', () => {
  for (const [one, other] of [
    ['l1', 'll'],
    ['O0', 'OO'],
    ['rn', 'm'],
    ['a_b', 'ab'],
    ['émile', 'emile'],
    ['søren', 'soren'],
    ['łukasz', 'lukasz'],
    ['straße', 'strabe'],
    ['иван', 'uvan'],
    ['김철수', '김철소'],
  ] as const) {
    assert.notEqual(nickLook(one), nickLook(other));
  }
});

test('a name in ASCII looks like itself alone, in any case', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii' }), (name) => assert.equal(nickLook(name), name.toLowerCase())),
    {
      examples: [['Alan'], ['[x]^_`{|}'], ['Il1O0']],
    },
  );
});

test('what a name looks like does not depend on how its characters are put together', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      assert.equal(nickLook(name.normalize('NFD')), nickLook(name.normalize('NFC')));
    }),
  );
});

test('a nick has no character that nobody sees', () => {
  for (const invisible of ['\u034f', '\u115f', '\u3164', '\u180b', '\ufe0f', '\u{e0101}']) {
    const parsed = parseNick(`al${invisible}an`, 32);
    assert.deepEqual(parsed, { ok: false, error: { kind: 'bad-character', character: invisible } });
  }
});

test('what guests are called is kept for them, in whatever letters', () => {
  for (const name of ['guest49524', 'ＧＵＥＳＴ8001-2', 'guеst49524', 'guest01', 'guest-0123abcd']) {
    assert.deepEqual(parseNick(name, 32), { ok: false, error: { kind: 'reserved' } });
  }
  for (const name of ['guest', 'guest1', 'guest100', 'guest-1', 'guests2024']) assert.ok(parseNick(name, 32).ok, name);
});
