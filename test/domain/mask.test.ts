// Masks: RFC 2812 section 2.5; cases in the manner of ircdocs/parser-tests.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { completeMask, matchesMask } from '../../src/domain/mask.ts';

/** Masks with what they match, and what they do not. */
const MASKS: readonly (readonly [mask: string, matches: readonly string[], others: readonly string[]])[] = [
  ['*', ['', 'a', 'alan!~a@host'], []],
  ['?', ['a', '*', '?'], ['', 'ab']],
  ['*@10.0.0.7', ['alan!~a@10.0.0.7', '@10.0.0.7'], ['alan!~a@10.0.0.70', 'alan!~a@10.0.0.8', '10.0.0.7']],
  ['al*@*', ['alan!~a@host', 'al@'], ['beth!~al@host', 'a!l@host']],
  ['alan!*@*', ['alan!~a@host', 'alan!@'], ['alan2!~a@host', 'xalan!~a@host']],
  ['alan!?user@*', ['alan!~user@h', 'alan!xuser@h'], ['alan!user@h', 'alan!~~user@h']],
  ['alan!a?*@*', ['alan!ab@h', 'alan!abc@h'], ['alan!a@h']],
  // What a shell or a regular expression would read otherwise is itself.
  ['al[an]!*@*', ['al[an]!~a@h'], ['ala!~a@h', 'aln!~a@h']],
  ['a.c', ['a.c'], ['abc']],
  ['(a|b)+$', ['(a|b)+$'], ['a', 'b']],
  // A backslash takes the meaning from the next character.
  ['a\\*c', ['a*c'], ['abc', 'a\\*c']],
  ['a\\?c', ['a?c'], ['abc']],
  ['a\\\\c', ['a\\c'], ['a\\\\c']],
  ['ALAN!*@Host.Example', ['alan!~a@HOST.example'], ['alan!~a@host.example.org']],
  ['*a*b*c*', ['abc', 'xaxbxcx', 'aabbcc'], ['acb', 'ab']],
  ['*ab', ['ab', 'abab', 'aab'], ['aba']],
];

for (const [mask, matches, others] of MASKS) {
  test(`the mask ${mask} matches what it should, and nothing else`, () => {
    for (const text of matches) assert.equal(matchesMask(mask, text), true, text);
    for (const text of others) assert.equal(matchesMask(mask, text), false, text);
  });
}

/** A mask as a regular expression: slow on bad luck, but easy to believe. */
function asRegExp(mask: string): RegExp {
  const source = mask.replaceAll(/[^*?]/g, (plain) => `\\u{${plain.codePointAt(0)!.toString(16)}}`);
  return new RegExp(`^${source.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'su');
}

test('a mask matches what the same regular expression matches', () => {
  const text = (...units: string[]): fc.Arbitrary<string> =>
    fc.string({ unit: fc.constantFrom(...units), maxLength: 8 });
  fc.assert(
    fc.property(text('a', 'b', '*', '?'), text('a', 'b'), (mask, subject) => {
      assert.equal(matchesMask(mask, subject), asRegExp(mask).test(subject));
    }),
    { numRuns: 5000 },
  );
});

// Modern, "MODE message": what people leave out of a mask.
for (const [typed, complete] of [
  ['alan', 'alan!*@*'],
  ['alan!~a', 'alan!~a@*'],
  ['~a@host', '*!~a@host'],
  ['alan!~a@host', 'alan!~a@host'],
  ['host.example', '*!*@host.example'],
  ['fc00::7', '*!*@fc00::7'],
] as const) {
  test(`the mask ${typed} means ${complete}`, () => assert.equal(completeMask(typed), complete));
}
