import { ok, refuse, type Result } from '../domain/result.ts';
import { parseTime, type SearchWish } from './search-request.ts';

/** A date that is none, and what it was for. */
export interface BadDate {
  readonly name: string;
  readonly given: string;
}

/** Reads what people type to search: words, phrases in quotes, and narrowings such as `from:alan`. */
export function parseSearchWords(text: string): Result<SearchWish, BadDate> {
  const words: string[] = [];
  const narrowed = new Map<string, string>();
  for (const [, name, value, phrase, word] of text.matchAll(/(from|in|before|after):(\S+)|"([^"]*)"|(\S+)/gi)) {
    if (name !== undefined) narrowed.set(name.toLowerCase(), value ?? '');
    else words.push(phrase ?? word ?? '');
  }
  const times: Record<'before' | 'after', number | undefined> = { before: undefined, after: undefined };
  for (const name of ['before', 'after'] as const) {
    const given = narrowed.get(name);
    if (given === undefined) continue;
    times[name] = parseTime(given);
    if (times[name] === undefined) return refuse({ name, given });
  }
  const wanted = words.filter((word) => word !== '');
  return ok({ words: wanted, from: narrowed.get('from'), in: narrowed.get('in'), ...times });
}
