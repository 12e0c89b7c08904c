import type { ModeChange } from '../../domain/mode-change.ts';
import { ROLES, type Role } from '../../domain/role.ts';
import type { JoinThrottle, Room, RoomFlag, RoomList } from '../../domain/room.ts';
import type { Session, SessionFlag } from '../../domain/session.ts';

/** A mode of a channel: its letter, and what it stands for. */
export type ChannelMode =
  | { readonly letter: string; readonly kind: 'flag'; readonly flag: RoomFlag }
  | { readonly letter: string; readonly kind: 'list'; readonly list: RoomList }
  | { readonly letter: string; readonly kind: 'role'; readonly role: Role; readonly prefix: string }
  | { readonly letter: string; readonly kind: 'key' | 'max-members' | 'forward' | 'join-throttle' };

/** Every channel mode; one entry each, sorted by letter. */
export const CHANNEL_MODES: readonly ChannelMode[] = [
  { letter: 'C', kind: 'flag', flag: 'no-ctcp' },
  { letter: 'H', kind: 'flag', flag: 'unrecorded' },
  { letter: 'I', kind: 'list', list: 'invite-exception' },
  { letter: 'M', kind: 'flag', flag: 'registered-speak' },
  { letter: 'N', kind: 'flag', flag: 'no-nick-changes' },
  { letter: 'Q', kind: 'flag', flag: 'no-kicks' },
  { letter: 'R', kind: 'flag', flag: 'registered-only' },
  { letter: 'S', kind: 'flag', flag: 'strip-formatting' },
  { letter: 'U', kind: 'flag', flag: 'operator-moderated' },
  { letter: 'a', kind: 'role', role: 'protected', prefix: '&' },
  { letter: 'b', kind: 'list', list: 'ban' },
  { letter: 'c', kind: 'flag', flag: 'no-formatting' },
  { letter: 'e', kind: 'list', list: 'ban-exception' },
  { letter: 'f', kind: 'forward' },
  { letter: 'h', kind: 'role', role: 'half-operator', prefix: '%' },
  { letter: 'i', kind: 'flag', flag: 'invite-only' },
  { letter: 'j', kind: 'join-throttle' },
  { letter: 'k', kind: 'key' },
  { letter: 'l', kind: 'max-members' },
  { letter: 'm', kind: 'flag', flag: 'moderated' },
  { letter: 'n', kind: 'flag', flag: 'no-outside-messages' },
  { letter: 'o', kind: 'role', role: 'operator', prefix: '@' },
  { letter: 'p', kind: 'flag', flag: 'private' },
  { letter: 'q', kind: 'role', role: 'founder', prefix: '~' },
  { letter: 's', kind: 'flag', flag: 'secret' },
  { letter: 't', kind: 'flag', flag: 'topic-locked' },
  { letter: 'u', kind: 'flag', flag: 'auditorium' },
  { letter: 'v', kind: 'role', role: 'voice', prefix: '+' },
  { letter: 'z', kind: 'flag', flag: 'secure-only' },
];

export const modeByLetter: ReadonlyMap<string, ChannelMode> = new Map(CHANNEL_MODES.map((mode) => [mode.letter, mode]));

type RoleMode = ChannelMode & { readonly kind: 'role' };
/** Modes that give a role, the highest first. */
export const roleModes: readonly RoleMode[] = [...ROLES]
  .toReversed()
  .flatMap((role) => CHANNEL_MODES.filter((mode): mode is RoleMode => mode.kind === 'role' && mode.role === role));

/** The prefixes of somebody's roles, the highest first; only the highest where the client does not want all. */
export function prefixes(roles: ReadonlySet<Role>, wantsAll: boolean): string {
  if (roles.size === 0) return '';
  const all = roleModes.filter(({ role }) => roles.has(role)).map(({ prefix }) => prefix);
  return wantsAll ? all.join('') : (all[0] ?? '');
}

/** The role that a STATUSMSG prefix stands for. */
export function roleOfPrefix(prefix: string): Role | undefined {
  return roleModes.find((mode) => mode.prefix === prefix)?.role;
}

/** Letters of the four kinds of channel modes, as CHANMODES lists them (Modern, "CHANMODES parameter"). */
export function chanmodes(): string {
  const letters = (wanted: (mode: ChannelMode) => boolean): string =>
    CHANNEL_MODES.filter(wanted)
      .map(({ letter }) => letter)
      .join('');
  return [
    letters(({ kind }) => kind === 'list'),
    letters(({ kind }) => kind === 'key'),
    letters(({ kind }) => kind === 'max-members' || kind === 'forward' || kind === 'join-throttle'),
    letters(({ kind }) => kind === 'flag'),
  ].join(',');
}

/** Whether a mode takes a parameter when it is switched so. */
export function takesParameter(mode: ChannelMode, on: boolean): boolean {
  if (mode.kind === 'flag') return false;
  return mode.kind === 'list' || mode.kind === 'role' || mode.kind === 'key' || on;
}

function throttleText({ joins, seconds }: JoinThrottle): string {
  return `${joins}:${seconds}`;
}

/** A change as MODE writes it. */
export interface ChangeText {
  readonly on: boolean;
  readonly letter: string;
  readonly parameter?: string;
}

export function changeText(change: ModeChange): ChangeText {
  const letterOf = (wanted: (mode: ChannelMode) => boolean): string => CHANNEL_MODES.find(wanted)?.letter ?? '?';
  switch (change.kind) {
    case 'flag':
      return { on: change.on, letter: letterOf((mode) => mode.kind === 'flag' && mode.flag === change.flag) };
    case 'list': {
      const letter = letterOf((mode) => mode.kind === 'list' && mode.list === change.list);
      return { on: change.on, letter, parameter: change.mask };
    }
    case 'role': {
      const letter = letterOf((mode) => mode.kind === 'role' && mode.role === change.role);
      return { on: change.on, letter, parameter: change.name };
    }
    case 'key':
      return { on: change.on, letter: 'k', parameter: change.key };
    case 'max-members':
      return change.max === undefined
        ? { on: false, letter: 'l' }
        : { on: true, letter: 'l', parameter: `${change.max}` };
    case 'forward':
      return change.room === undefined
        ? { on: false, letter: 'f' }
        : { on: true, letter: 'f', parameter: change.room.title };
    case 'join-throttle': {
      const { throttle } = change;
      return throttle === undefined
        ? { on: false, letter: 'j' }
        : { on: true, letter: 'j', parameter: throttleText(throttle) };
    }
  }
}

/** The modes of a channel with their parameters, as RPL_CHANNELMODEIS lists them; the key is for members only. */
export function channelModesText(room: Room, showsKey: boolean): string[] {
  let letters = '+';
  const params: string[] = [];
  for (const mode of CHANNEL_MODES) {
    const parameter = modeParameter(room, mode, showsKey);
    if (parameter === undefined) continue;
    letters += mode.letter;
    if (parameter !== '') params.push(parameter);
  }
  return [letters, ...params];
}

function modeParameter(room: Room, mode: ChannelMode, showsKey: boolean): string | undefined {
  switch (mode.kind) {
    case 'flag':
      return room.flags.has(mode.flag) ? '' : undefined;
    case 'key':
      return room.key === undefined ? undefined : showsKey ? room.key : '*';
    case 'max-members':
      return room.maxMembers === undefined ? undefined : `${room.maxMembers}`;
    case 'forward':
      return room.forward?.title;
    case 'join-throttle':
      return room.joinThrottle === undefined ? undefined : throttleText(room.joinThrottle);
    case 'list':
    case 'role':
      return undefined;
  }
}

/**
 * Modes of people: letter, flag, and whether they may switch it on themselves. The one without a flag is on for whoever
 * is logged in; RPL_LOGGEDIN and RPL_LOGGEDOUT tell when that changes.
 */
export const USER_MODES: readonly {
  readonly letter: string;
  readonly flag: SessionFlag | undefined;
  readonly maySet: boolean;
}[] = [
  { letter: 'B', flag: 'bot', maySet: true },
  { letter: 'R', flag: 'registered-only', maySet: true },
  { letter: 'T', flag: 'no-ctcp', maySet: true },
  { letter: 'g', flag: 'callers-accepted', maySet: true },
  { letter: 'i', flag: 'invisible', maySet: true },
  { letter: 'o', flag: 'operator', maySet: false },
  { letter: 'r', flag: undefined, maySet: false },
  { letter: 'w', flag: 'wallops', maySet: true },
];

export function userModesText(session: Session): string {
  const isOn = (flag: SessionFlag | undefined): boolean =>
    flag === undefined ? session.account !== undefined : session.flags.has(flag);
  return `+${USER_MODES.filter(({ flag }) => isOn(flag))
    .map(({ letter }) => letter)
    .join('')}`;
}

/** Letters with their signs, a sign only where it changes: `+ab-c`. */
export function signedLetters(changes: readonly { readonly on: boolean; readonly letter: string }[]): string {
  let text = '';
  let sign = '';
  for (const { on, letter } of changes) {
    const wanted = on ? '+' : '-';
    text += (wanted === sign ? '' : wanted) + letter;
    sign = wanted;
  }
  return text;
}

export function userModeLetter(flag: SessionFlag): string {
  return USER_MODES.find((mode) => mode.flag === flag)?.letter ?? '?';
}
