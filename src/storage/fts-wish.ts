import type { SearchQuery } from '../domain/search.ts';
import { authorWord } from './fts-words.ts';

/** The shortest beginning of a word that can be looked for, in letters. */
export const MIN_BEGINNING = 3;
const BEGINNING = new RegExp(`(?:[\\p{L}\\p{N}]\\p{M}*){${MIN_BEGINNING}}$`, 'u');
/** A longer one; the first of its letters are a group. */
const LONGER_BEGINNING = new RegExp(`(?<![\\p{L}\\p{N}\\p{M}])([\\p{L}\\p{N}]{${MIN_BEGINNING}})[\\p{L}\\p{N}]+$`, 'u');

/** What is looked for, wherever it was said, in the language of FTS5 (sqlite.org/fts5.html section 3). */
export interface FtsWish {
  readonly match: string;
  /** What finds that and more, but sooner; undefined where nothing does. */
  readonly wide: WideWish | undefined;
  /** What has all words next to each other; undefined where there are not several. */
  readonly phrase: string | undefined;
}

export interface WideWish {
  readonly match: string;
  /** What the texts of those that it finds have to match as well. */
  readonly text: string;
}

/** A word, or several that follow each other; and in the wide, the beginnings of which there is a list at hand. */
interface Words {
  readonly exact: string;
  readonly wide: string;
}

/** Undefined when there is nothing to look for. */
export function wishFor({ words: given, from }: Pick<SearchQuery, 'words' | 'from'>): FtsWish | undefined {
  const words = given.map(ftsWords).filter((word) => word !== undefined);
  const author = from === undefined ? [] : [`author : ${authorWord(from)}`];
  if (words.length === 0)
    return author[0] === undefined ? undefined : { match: author[0], wide: undefined, phrase: undefined };
  const exact = words.map((word) => word.exact);
  const text = allOf(exact);
  const isExact = words.every((word) => word.wide === word.exact);
  return {
    match: [...author, text].join(' AND '),
    wide: isExact ? undefined : { match: [...author, allOf(words.map((word) => word.wide))].join(' AND '), text },
    phrase: words.length === 1 ? undefined : `text : ${exact.join(' + ')}`,
  };
}

function allOf(words: readonly string[]): string {
  return `text : (${words.join(' AND ')})`;
}

/** Undefined when there is nothing in them to look for. */
function ftsWords(text: string): Words | undefined {
  if (!/[\p{L}\p{N}]/u.test(text)) return undefined;
  const bare = text.endsWith('*') ? text.slice(0, -1) : text;
  // Fewer letters begin so many words that looking for them would keep others waiting.
  if (bare === text || !BEGINNING.test(bare)) return { exact: quoted(bare), wide: quoted(bare) };
  return { exact: `${quoted(bare)} *`, wide: `${quoted(bare.replace(LONGER_BEGINNING, '$1'))} *` };
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
