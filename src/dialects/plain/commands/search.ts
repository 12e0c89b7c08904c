import { printable } from '../../../protocol/plain/printable.ts';
import { PagedSearch } from '../../paged-search.ts';
import type { SearchRefusal, SearchResult } from '../../search-request.ts';
import { parseSearchWords } from '../../search-words.ts';
import { definePlainCommand } from '../command.ts';
import { pastLine } from '../past-line.ts';
import { lineBytes } from '../rendering.ts';
import type { PlainSession } from '../session.ts';

/** Shows 10 messages at once. */
const searches = new PagedSearch<PlainSession>(10);

const REFUSALS: Readonly<Record<SearchRefusal, string>> = {
  busy: 'many people are searching just now; try again in a moment',
  unavailable: 'there is no search on this server just now',
  'nothing-asked': 'say what to look for: /search WORDS, or /search from:NAME',
  'no-such-place': 'you can search the rooms that you are in, and what you and somebody here told each other',
};

/** /search words [from:NAME] [in:ROOM] [before:DATE] [after:DATE], then /search more */
export const search = definePlainCommand({
  name: 'search',
  words: 0,
  min: 1,
  cost: 2,
  help: {
    usage: '/search WORDS',
    summary: 'finds what was said; /help search tells how',
    details: [
      'WORDS are words, "a phrase", or wor* for all that begins so',
      'they may be narrowed: from:NAME in:ROOM before:2026-01-31 after:2026-01-01',
      '/search more shows more',
    ],
  },
  run(plain, [text = '']) {
    if (text.trim().toLowerCase() === 'more') {
      const page = searches.more(plain);
      return page === undefined ? plain.notice('there is nothing more') : showLater(plain, page);
    }
    const wish = parseSearchWords(text);
    if (wish.ok) return showLater(plain, searches.start(plain, wish.value));
    const { name, given } = wish.error;
    return plain.notice(`"${printable(given)}" is no date; write it like this: ${name}:2026-01-31`);
  },
});

function showLater(plain: PlainSession, page: Promise<SearchResult | SearchRefusal>): void {
  plain.host.wait(page, (result) => show(plain, result));
}

function show(plain: PlainSession, result: SearchResult | SearchRefusal): void {
  if (typeof result === 'string') return plain.notice(REFUSALS[result]);
  const { found, next, isBehind } = result;
  const lines = found.map((event) => pastLine(event, { namesPlace: true }));
  if (lines.length > 0) plain.host.send(lineBytes(lines.join('\n')));
  if (next !== undefined) plain.notice('/search more shows more');
  else plain.notice(found.length === 0 ? 'nothing found' : 'that is all');
  if (isBehind) plain.notice('what was said lately is not searched yet; try again in a moment');
}
