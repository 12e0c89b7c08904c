import { search as findMessages, type SearchRefusal, type SearchResult } from '../../search-request.ts';
import { parseSearchWords } from '../../search-words.ts';
import { foundText } from './found-text.ts';
import { defineService, type ServiceCommand, type ServiceTalk } from './service.ts';

/** Messages that one search shows. */
const MAX_FOUND = 20;

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
    if (!wish.ok)
      return talk.reply(`"${wish.error.given}" is no date; write it like this: ${wish.error.name}:2026-01-31`);
    const work = findMessages(talk.irc.host, wish.value, { limit: MAX_FOUND, cursor: undefined });
    return talk.irc.later(work, (result) => show(talk, result));
  },
};

function show(talk: ServiceTalk, result: SearchResult | SearchRefusal): void {
  if (typeof result === 'string') return talk.reply(REFUSALS[result]);
  for (const event of result.found) talk.reply(foundText(event));
  if (result.next !== undefined) talk.reply('There is more: narrow it down with from:, in:, before: or after:');
  else talk.reply(result.found.length === 0 ? 'Nothing found' : 'That is all');
  if (result.isBehind) talk.reply('What was said lately is not searched yet; try again in a moment');
}

/** HistServ: what was said, for clients that cannot ask for it themselves. */
export const histServ = defineService('HistServ', 'finds what was said', [search]);
