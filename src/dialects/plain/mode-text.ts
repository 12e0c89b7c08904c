import type { ModeChange } from '../../domain/mode-change.ts';
import type { Role } from '../../domain/role.ts';
import type { RoomFlag, RoomList } from '../../domain/room.ts';
import { showable } from '../../protocol/plain/text.ts';

const ROLE_NAMES: Readonly<Record<Exclude<Role, 'voice'>, string>> = {
  'half-operator': 'a half-operator',
  operator: 'an operator',
  protected: 'a protected operator',
  founder: 'a founder',
};

const FLAG_TEXTS: Readonly<Record<RoomFlag, readonly [on: string, off: string]>> = {
  'invite-only': ['opened ROOM to the invited only', 'opened ROOM to everybody'],
  moderated: ['lets only those with a voice speak in ROOM', 'lets everybody speak in ROOM'],
  'no-outside-messages': ['closed ROOM to messages from outside', 'opened ROOM to messages from outside'],
  secret: ['hid ROOM', 'shows ROOM to everybody'],
  private: ['hid ROOM', 'shows ROOM to everybody'],
  'topic-locked': ["left ROOM's topic to its operators", "left ROOM's topic to everybody"],
  'no-formatting': ['wants no colours in ROOM', 'allows colours in ROOM'],
  'no-ctcp': ['wants no queries to programs in ROOM', 'allows queries to programs in ROOM'],
  'no-nick-changes': ['wants no changes of name in ROOM', 'allows changes of name in ROOM'],
  'registered-only': ['opened ROOM to those with accounts only', 'opened ROOM to those without accounts'],
  'registered-speak': ['lets only those with accounts speak in ROOM', 'lets those without accounts speak in ROOM'],
  'strip-formatting': ['takes colours out in ROOM', 'leaves colours in, in ROOM'],
  'no-kicks': ['wants nobody put out of ROOM', 'allows putting people out of ROOM'],
  'operator-moderated': [
    'lets those without a voice speak to the operators of ROOM only',
    'lets everybody in ROOM hear everybody',
  ],
  auditorium: ['shows only those with a voice in ROOM', 'shows everybody who is in ROOM'],
  unrecorded: ['keeps no history of ROOM', 'keeps the history of ROOM'],
  'secure-only': ['opened ROOM to encrypted connections only', 'opened ROOM to all connections'],
};

const LIST_NAMES: Readonly<Record<RoomList, string>> = {
  ban: 'bans',
  'ban-exception': 'exceptions to bans',
  'invite-exception': 'those who need no invitation',
};

/** What somebody did to how a room is run, to follow their name. */
export function modeText(change: ModeChange, room: string): string {
  switch (change.kind) {
    case 'flag':
      return FLAG_TEXTS[change.flag][change.on ? 0 : 1].replace('ROOM', room);
    case 'key':
      return change.on ? `put a key on ${room}` : `took the key off ${room}`;
    case 'max-members':
      return change.max === undefined
        ? `lets any number into ${room}`
        : `lets at most ${change.max} people into ${room}`;
    case 'forward':
      return change.room === undefined
        ? `sends nobody on from ${room}`
        : `sends those who cannot enter ${room} to ${change.room.title}`;
    case 'join-throttle':
      return change.throttle === undefined
        ? `lets people into ${room} at any speed`
        : `lets people into ${room} slowly`;
    case 'list':
      return change.on
        ? `added ${showable(change.mask)} to the ${LIST_NAMES[change.list]} of ${room}`
        : `removed ${showable(change.mask)} from the ${LIST_NAMES[change.list]} of ${room}`;
    case 'role':
      if (change.role === 'voice')
        return change.on ? `gave ${change.name} a voice in ${room}` : `took ${change.name}'s voice in ${room} away`;
      return change.on
        ? `made ${change.name} ${ROLE_NAMES[change.role]} of ${room}`
        : `made ${change.name} ${ROLE_NAMES[change.role]} of ${room} no more`;
  }
}
