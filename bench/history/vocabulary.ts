/** Different words that people use. */
const WORDS = 50_000;

/** Numbers between 0 and 1 that are the same every time (a linear congruential generator, Numerical Recipes). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * A number from 0 to `count` - 1, by Zipf's law, as words, rooms and people are used: 1 half as often as 0, 9 a tenth as
 * often.
 */
export function unevenly(count: number, random: () => number): number {
  return Math.floor((count + 1) ** random()) - 1;
}

const SYLLABLES = 'ba de fi go ku la me ni po ru sa te vi wo zu an el is or um'.split(' ');

/** The words, the most common one first. What is common is short, as in any language, and no two are alike. */
const words = Array.from({ length: WORDS }, (_, rank) => {
  const syllables: string[] = [];
  for (let left = rank + 1; left > 0; left = Math.floor((left - 1) / SYLLABLES.length)) {
    syllables.push(SYLLABLES[(left - 1) % SYLLABLES.length]!);
  }
  return syllables.join('');
});

/** The word that is used the most after `rank` others. */
export function wordAt(rank: number): string {
  return words[rank % WORDS]!;
}

/** What somebody says. Most lines are short, a few are long: about 45 bytes on average. */
export function sentence(random: () => number): string {
  const length = 1 + Math.floor(-Math.log(1 - random()) * 8);
  return Array.from({ length: Math.min(length, 60) }, () => wordAt(unevenly(WORDS, random))).join(' ');
}
