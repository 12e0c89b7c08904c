import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { registerAccount } from '../../src/domain/actions/register-account.ts';
import { setNick } from '../../src/domain/actions/set-nick.ts';
import { nickLook } from '../../src/domain/nick-look.ts';
import { parseNick, type Nick } from '../../src/domain/nick.ts';
import { sessionId, type SessionId } from '../../src/domain/session.ts';
import { newChat, runStep } from './random-actions.ts';

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

test('a nick that looks like one of an account is not for anybody else', () => {
  const chat = newChat();
  const named = (text: string): Nick => {
    const parsed = parseNick(text, 32);
    assert.ok(parsed.ok);
    return parsed.value;
  };
  const session = (id: string): SessionId => {
    runStep(chat, { do: 'connect', who: Number(id), suffix: id }, 0);
    return sessionId(`s${id}`);
  };
  const [owner, stranger] = [session('1'), session('2')];
  const credentials = undefined;
  assert.ok(registerAccount.run(chat, owner, { name: named('сор'), credentials }, { at: 1, id: 'm1' }).ok);
  for (const nick of ['cop', 'сор', 'ＣＯＰ']) {
    const taken = setNick.run(chat, stranger, { nick: named(nick) }, { at: 2, id: 'm2' });
    assert.deepEqual(taken, { ok: false, error: { kind: 'nick-owned', nick } });
    const account = registerAccount.run(chat, stranger, { name: named(nick), credentials }, { at: 3, id: 'm3' });
    assert.deepEqual(account, { ok: false, error: { kind: 'account-taken', account: nick } });
  }
});
