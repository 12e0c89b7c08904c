import { unevenly, wordAt } from './vocabulary.ts';

/** A kind of search, as the attributes of one. */
interface SearchKind {
  readonly what: string;
  readonly attributes: (random: () => number) => string;
}

const usual = (random: () => number): string => wordAt(unevenly(50_000, random));
const common = (random: () => number): string => wordAt(Math.floor(random() * 20));
const seldom = (random: () => number): string => wordAt(5000 + Math.floor(random() * 45_000));
const room = (random: () => number): string => `#room${unevenly(50, random) + 1}`;

/** What people may look for, kindly or not. Without a place it is everywhere: 50 rooms. */
export const SEARCHES: readonly SearchKind[] = [
  { what: 'a word as people use it', attributes: (random) => `text=${usual(random)}` },
  { what: 'one of the 20 most common words', attributes: (random) => `text=${common(random)}` },
  { what: 'a seldom word', attributes: (random) => `text=${seldom(random)}` },
  { what: 'two words', attributes: (random) => `text=${usual(random)}\\s${usual(random)}` },
  { what: 'two of the most common words', attributes: (random) => `text=${common(random)}\\s${common(random)}` },
  {
    what: 'three seldom words',
    attributes: (random) => `text=${seldom(random)}\\s${seldom(random)}\\s${seldom(random)}`,
  },
  { what: 'a common and a seldom word', attributes: (random) => `text=${common(random)}\\s${seldom(random)}` },
  { what: 'a word in one room', attributes: (random) => `text=${usual(random)};in=${room(random)}` },
  { what: 'a common word in one room', attributes: (random) => `text=${common(random)};in=${room(random)}` },
  { what: 'of one person', attributes: (random) => `from=person${unevenly(5000, random) + 1}` },
  {
    what: 'a word of one person',
    attributes: (random) => `text=${usual(random)};from=person${unevenly(5000, random) + 1}`,
  },
  { what: 'the beginning of a word, 4 letters', attributes: (random) => `text=${seldom(random).slice(0, 4)}*` },
  { what: 'the beginning of a word, 1 letter', attributes: (random) => `text=${common(random).slice(0, 1)}*` },
  {
    what: 'a common word up to any day',
    attributes: (random) =>
      `text=${common(random)};before=${new Date(Date.now() - random() * 1000 * 86_400_000).toISOString()}`,
  },
];
