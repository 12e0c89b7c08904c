import { setFlags } from '../../../domain/actions/set-flags.ts';
import { setModes } from '../../../domain/actions/set-modes.ts';
import { nickKey } from '../../../domain/nick.ts';
import { hasRole, type Room } from '../../../domain/room.ts';
import type { SessionFlag } from '../../../domain/session.ts';
import { defineIrcCommand } from '../command.ts';
import { middle } from '../refusal-numerics.ts';
import { parseModeChanges, type AskedMode } from '../mode-changes.ts';
import { channelModesText, modeByLetter, USER_MODES } from '../modes.ts';
import type { IrcSession } from '../session.ts';

/** MODE <channel|nick> [<modes> {<parameter>}] (RFC 2812 sections 3.1.5 and 3.2.3). */
export const mode = defineIrcCommand({
  verb: 'MODE',
  params: { min: 1 },
  stage: 'registered',
  cost: 0.5,
  isOfArriving: true,
  help: { usage: 'MODE <channel|nick> [<modes> {<parameter>}]', summary: 'Shows or changes modes.' },
  run(irc, [target = '', letters, ...params]) {
    if (target.startsWith('#')) return channelMode(irc, target, letters, params);
    return userMode(irc, target, letters);
  },
});

function channelMode(irc: IrcSession, target: string, letters: string | undefined, params: readonly string[]): void {
  const room = irc.findRoom(target);
  if (room === undefined) return;
  if (letters === undefined || letters === '') {
    irc.numeric('RPL_CHANNELMODEIS', room.title, ...channelModesText(room, room.members.has(irc.host.session)));
    return irc.numeric('RPL_CREATIONTIME', room.title, `${Math.floor(room.createdAt / 1000)}`);
  }
  setChannelModes(irc, room, letters, params, false);
}

/** Makes the changes that are asked for, all at once, and shows the lists that are. */
export function setChannelModes(
  irc: IrcSession,
  room: Room,
  letters: string,
  params: readonly string[],
  isForced: boolean,
): void {
  const asked = parseModeChanges(letters, params);
  const changes = asked.flatMap((mode) => (mode.kind === 'change' ? mode.change : []));
  if (changes.length > 0) irc.act(setModes, { room: room.name, changes, isForced });
  for (const mode of asked) {
    if (mode.kind === 'show') showList(irc, room, mode);
    else if (mode.kind !== 'change') tellProblem(irc, room, mode);
  }
}

function tellProblem(irc: IrcSession, room: Room, asked: AskedMode & { readonly kind: 'unknown' | 'bad' }): void {
  if (asked.kind === 'unknown') return irc.numeric('ERR_UNKNOWNMODE', asked.letter, 'is unknown mode char to me');
  return irc.numeric('ERR_INVALIDMODEPARAM', room.title, asked.letter, middle(asked.parameter), asked.problem);
}

const LISTS = {
  ban: ['RPL_BANLIST', 'RPL_ENDOFBANLIST', 'End of channel ban list'],
  'ban-exception': ['RPL_EXCEPTLIST', 'RPL_ENDOFEXCEPTLIST', 'End of channel exception list'],
  'invite-exception': ['RPL_INVEXLIST', 'RPL_ENDOFINVEXLIST', 'End of channel invite exception list'],
} as const;

function showList(irc: IrcSession, room: Room, { letter }: AskedMode & { readonly kind: 'show' }): void {
  const found = modeByLetter.get(letter);
  if (found?.kind !== 'list') return;
  const [entry, end, text] = LISTS[found.list];
  // Exceptions tell who may get around a ban: for the operators' eyes.
  const maySee = found.list === 'ban' || hasRole(room, irc.host.session, 'half-operator');
  if (!maySee) return irc.refused({ kind: 'not-operator', room: room.title, needed: 'half-operator' });
  for (const { mask, by, at } of room.lists[found.list].values()) {
    irc.numeric(entry, room.title, mask, by, `${Math.floor(at / 1000)}`);
  }
  irc.numeric(end, room.title, text);
}

function userMode(irc: IrcSession, target: string, letters: string | undefined): void {
  const { me } = irc;
  if (me === undefined) return;
  if (nickKey(target) !== me.persona.key) {
    if (irc.host.chat.find(target) === undefined) return irc.refused({ kind: 'no-such-person', name: target });
    return irc.numeric('ERR_USERSDONTMATCH', "Can't change mode for other users");
  }
  if (letters === undefined || letters === '') return irc.sendUserModes();
  let on = true;
  let isUnknown = false;
  const changes: { flag: SessionFlag; on: boolean }[] = [];
  for (const letter of letters) {
    if (letter === '+' || letter === '-') on = letter === '+';
    else {
      const known = USER_MODES.find((entry) => entry.letter === letter);
      if (known === undefined) isUnknown = true;
      else if (known.flag !== undefined && (!on || known.maySet)) changes.push({ flag: known.flag, on });
    }
  }
  irc.act(setFlags, { changes });
  if (isUnknown) irc.numeric('ERR_UMODEUNKNOWNFLAG', 'Unknown MODE flag');
}
