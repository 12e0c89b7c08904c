import { PagedSearch } from '../../paged-search.ts';
import type { SearchRefusal, SearchResult } from '../../search-request.ts';
import { parseSearchWords } from '../../search-words.ts';
import type { IrcSession } from '../session.ts';
import { foundText } from './found-text.ts';
import { defineService, type ServiceCommand, type ServiceTalk } from './service.ts';

/** Shows 20 messages at once. */
const searches = new PagedSearch<IrcSession>(20);

const REFUSALS: Readonly<Record<SearchRefusal, string>> = {
  busy: 'Many people are searching just now; try again in a moment',
  unavailable: 'There is no search on this server just now',
  'nothing-asked': 'Say what to look for: SEARCH <words>, or SEARCH from:<nick>',
  'no-such-place': 'You can search the channels that you are in, and what you and somebody here told each other',
};

const search: ServiceCommand = {
  name: 'SEARCH',
  params: { min: 1, max: 1 },
  help: {
    usage: 'SEARCH <words> [from:<nick>] [in:<channel|nick>] [before:<date>] [after:<date>]',
    summary: 'Finds what was said where you may read, exact phrases first, then the latest.',
  },
  run(talk, [text = '']) {
    const wish = parseSearchWords(text);
    if (wish.ok) return showLater(talk, searches.start(talk.irc, wish.value));
    return talk.reply(`"${wish.error.given}" is no date; write it like this: ${wish.error.name}:2026-01-31`);
  },
};

const more: ServiceCommand = {
  name: 'MORE',
  params: { min: 0, max: 0 },
  help: { usage: 'MORE', summary: 'Shows more of what you searched for last.' },
  run(talk) {
    const page = searches.more(talk.irc);
    return page === undefined ? talk.reply('There is nothing more') : showLater(talk, page);
  },
};

function showLater(talk: ServiceTalk, page: Promise<SearchResult | SearchRefusal>): void {
  talk.irc.later(page, (result) => show(talk, result));
}

function show(talk: ServiceTalk, result: SearchResult | SearchRefusal): void {
  if (typeof result === 'string') return talk.reply(REFUSALS[result]);
  const { found, next, isBehind } = result;
  for (const event of found) talk.reply(foundText(event));
  if (next !== undefined) talk.reply('MORE shows more');
  else talk.reply(found.length === 0 ? 'Nothing found' : 'That is all');
  if (isBehind) talk.reply('What was said lately is not searched yet; try again in a moment');
}

/** HistServ: what was said, for clients that cannot ask for it themselves. */
export const histServ = defineService('HistServ', 'finds what was said', [search, more]);
