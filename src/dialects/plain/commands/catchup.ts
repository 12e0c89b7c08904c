import { definePlainCommand } from '../command.ts';
import { pastLine } from '../past-line.ts';
import { readMissed } from '../read-missed.ts';
import { lineBytes } from '../rendering.ts';

/** Pages that are looked at for one with something for people in it. */
const MAX_PAGES = 20;

/** /catchup: what was said while one was not there, or read too slowly; again for more of it. */
export const catchup = definePlainCommand({
  name: 'catchup',
  words: 0,
  min: 0,
  cost: 2,
  help: {
    usage: '/catchup',
    summary: 'shows what you missed (times in UTC)',
    details: ['what others said while you were away, or what you read too slowly; again for more of it'],
  },
  run(plain) {
    const { me, missedSpans } = plain;
    if (me === undefined) return;
    for (let pages = 0; pages < MAX_PAGES; pages++) {
      const span = missedSpans.first;
      if (span === undefined) return plain.notice('you missed nothing');
      const { said, upTo } = readMissed(plain, me, span);
      missedSpans.lookedAt(upTo);
      if (said.length === 0) continue;
      plain.host.send(lineBytes(said.map((event) => pastLine(event, { namesPlace: true })).join('\n')));
      return plain.notice(missedSpans.first === undefined ? 'that is all' : '/catchup shows more');
    }
    return plain.notice('/catchup shows more');
  },
});
