import { changeAccountSettings } from '../../../domain/actions/change-account-settings.ts';
import { changeRegistration } from '../../../domain/actions/change-registration.ts';
import { setModes } from '../../../domain/actions/set-modes.ts';
import { keptLimits, NO_LIMITS } from '../../../domain/kept-limits.ts';
import type { Room } from '../../../domain/room.ts';
import { keptLimitsText, parseKeptLimit } from '../../kept-text.ts';
import { definePlainCommand } from '../command.ts';
import type { PlainSession } from '../session.ts';

/** /record [on|off|30d|1000|all]: whether what is said in the room is kept, and how much; /record me: what oneself says. */
export const record = definePlainCommand({
  name: 'record',
  words: 2,
  min: 0,
  cost: 1,
  help: {
    usage: '/record [on|off|30d|1000|all]',
    summary: 'whether what is said here is kept, how long',
    details: [
      '30d is for 30 days, 1000 is the last 1000 messages, all is without end',
      '/record me [on|off] is about what you say, wherever you do',
    ],
  },
  run(plain, [text = '', rest = '']) {
    const word = text.toLowerCase();
    if (word === 'me') return recordMe(plain, rest.toLowerCase());
    const { room } = plain;
    if (room === undefined) return plain.notice('you are in no room; /join one first');
    const limit = word === 'all' ? NO_LIMITS : parseKeptLimit(word);
    const isKnown = limit !== undefined || word === '' || word === 'on' || word === 'off';
    if (rest !== '' || !isKnown) return plain.notice(`use it like this: ${record.help.usage}`);
    if (limit !== undefined) {
      const kept = { ...(room.registration?.kept ?? NO_LIMITS), ...limit };
      if (!plain.host.act(changeRegistration, { room: room.name, change: { kind: 'kept', kept } })) return undefined;
    } else if (word !== '') {
      const change = { kind: 'flag', flag: 'unrecorded', on: word === 'off' } as const;
      if (!plain.host.act(setModes, { room: room.name, changes: [change] })) return undefined;
    }
    return tell(plain, room);
  },
});

function tell(plain: PlainSession, room: Room): void {
  const { chat } = plain.host;
  const isKept = chat.limits.keepsHistory && !room.flags.has('unrecorded');
  const text = isKept ? `kept${keptLimitsText(keptLimits(chat, room))}` : 'not kept';
  return plain.notice(`what is said in ${room.title} is ${text}`);
}

function recordMe(plain: PlainSession, word: string): void {
  const account = plain.me?.account;
  if (account === undefined) return plain.refused({ kind: 'not-logged-in' });
  if (word !== '' && word !== 'on' && word !== 'off') return plain.notice('use it like this: /record me [on|off]');
  const settings = { isRecorded: word === 'on' };
  if (word !== '' && !plain.host.act(changeAccountSettings, { account: account.key, settings })) return undefined;
  return plain.notice(`what you say is ${account.settings.isRecorded ? '' : 'not '}kept`);
}
