import { byMoment } from '../../../domain/message-id.ts';
import { unescapeTagValue } from '../../../protocol/irc/tags.ts';
import {
  parseTime,
  search as findMessages,
  type SearchRefusal,
  type SearchResult,
  type SearchWish,
} from '../../search-request.ts';
import { defineIrcCommand } from '../command.ts';
import { middle } from '../refusal-numerics.ts';
import type { IrcSession } from '../session.ts';

/** Messages that one search gives, unless it asks for fewer. */
const MAX_FOUND = 100;

/** SEARCH <attributes> (soju.im/search): in, from, after, before, text and limit, written like message tags. */
export const search = defineIrcCommand({
  verb: 'SEARCH',
  params: { min: 1 },
  stage: 'registered',
  cost: 2,
  help: {
    usage: 'SEARCH text=<words>;in=<channel|nick>;from=<nick>;after=<time>;before=<time>;limit=<n>',
    summary: 'Finds what was said where you may read. A space in a value is \\s.',
  },
  run(irc, [text = '']) {
    const attributes = new Map(
      text.split(';').map((item): [string, string] => {
        const [name = '', ...value] = item.split('=');
        return [name, unescapeTagValue(value.join('='))];
      }),
    );
    const invalid = ['after', 'before'].find(
      (name) => attributes.has(name) && parseTime(attributes.get(name)!) === undefined,
    );
    const limit = Number(attributes.get('limit') ?? MAX_FOUND);
    if (invalid !== undefined || !Number.isInteger(limit) || limit < 1) {
      return irc.fail('FAIL', 'SEARCH', 'INVALID_PARAMS', [invalid ?? 'limit'], 'Invalid parameters');
    }
    const time = (name: string): number | undefined => parseTime(attributes.get(name) ?? '');
    const wish: SearchWish = {
      words: (attributes.get('text') ?? '').split(/\s+/).filter((word) => word !== ''),
      from: attributes.get('from'),
      in: attributes.get('in'),
      after: time('after'),
      // The specification has messages of that very time found, too.
      before: time('before') === undefined ? undefined : time('before')! + 1,
    };
    const work = findMessages(irc.host, wish, { limit: Math.min(limit, MAX_FOUND), cursor: undefined });
    return irc.later(work, (result) => answer(irc, wish, result));
  },
});

function answer(irc: IrcSession, wish: SearchWish, result: SearchResult | SearchRefusal): void {
  if (result === 'nothing-asked') {
    return irc.fail('FAIL', 'SEARCH', 'INVALID_PARAMS', ['text'], 'Say what to look for: text= or from=');
  }
  if (result === 'no-such-place') {
    return irc.fail('FAIL', 'SEARCH', 'INVALID_PARAMS', ['in', middle(wish.in ?? '*')], 'You cannot search there');
  }
  if (typeof result === 'string') {
    const why = result === 'busy' ? 'Too many searches, try again in a moment' : 'There is no search just now';
    return irc.fail('FAIL', 'SEARCH', 'INTERNAL_ERROR', [], why);
  }
  const inOrder = result.found.toSorted(byMoment);
  irc.batch('soju.im/search', [], irc.linesOf(inOrder));
}
