import fc from 'fast-check';
import type { Outcome } from '../../src/domain/action.ts';
import { changeRegistration } from '../../src/domain/actions/change-registration.ts';
import { connect } from '../../src/domain/actions/connect.ts';
import { disconnect } from '../../src/domain/actions/disconnect.ts';
import { dropRoom } from '../../src/domain/actions/drop-room.ts';
import { foundRoom } from '../../src/domain/actions/found-room.ts';
import { join } from '../../src/domain/actions/join.ts';
import { kick } from '../../src/domain/actions/kick.ts';
import { logIn } from '../../src/domain/actions/log-in.ts';
import { part } from '../../src/domain/actions/part.ts';
import { registerAccount } from '../../src/domain/actions/register-account.ts';
import { registerRoom } from '../../src/domain/actions/register-room.ts';
import { renameRoom } from '../../src/domain/actions/rename-room.ts';
import { say } from '../../src/domain/actions/say.ts';
import { setNick } from '../../src/domain/actions/set-nick.ts';
import { setTopic } from '../../src/domain/actions/set-topic.ts';
import { tell } from '../../src/domain/actions/tell.ts';
import { Chat } from '../../src/domain/chat.ts';
import { CONSOLE } from '../../src/domain/console.ts';
import { parseNick, type Nick } from '../../src/domain/nick.ts';
import { parseRoomName, type ParsedRoomName } from '../../src/domain/room-name.ts';
import { sessionId } from '../../src/domain/session.ts';

/** One entry of an action log, as plain data. */
export type Step =
  | { readonly do: 'connect'; readonly who: number; readonly suffix: string }
  | {
      readonly do:
        | 'disconnect'
        | 'drop-room'
        | 'found-room'
        | 'join'
        | 'kick'
        | 'log-in'
        | 'part'
        | 'register-account'
        | 'register-room'
        | 'rename-room'
        | 'say'
        | 'set-access'
        | 'set-nick'
        | 'set-topic';
      readonly who: number;
      readonly pick: number;
    }
  | { readonly do: 'tell'; readonly who: number; readonly to: string };

const ROOMS = ['#lobby', '#Lobby', '#a', '#b', '#c'];
const NICKS = ['alan', 'аlan', 'beth', 'ｂeth', 'ＢETH', 'émile', 'carl', 'сагӏ', 'Ηοη', 'ηοη', 'hon'];
const LIMITS = {
  maxSessions: 6,
  maxRooms: 4,
  maxRoomsPerSession: 3,
  maxTextBytes: 20,
  maxTopicBytes: 10,
  maxListEntries: 3,
  maxRenamedMembers: 4,
  maxWatched: 3,
  maxDevices: 3,
  redactHours: 0,
  takesNewAccounts: true,
  needsEmail: false,
  staysByDefault: false,
  maxUnattendedMs: undefined,
  keepsHistory: true,
  maxMetadataKeys: 3,
  maxMetadataValueBytes: 20,
  maxSubscriptions: 3,
  kept: { days: undefined, messages: undefined },
  maxRoomsPerAccount: 3,
};

const who = fc.nat({ max: 7 });
const pick = fc.nat({ max: 11 });

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('connect' as const), who, suffix: fc.constantFrom('1', '2') }),
    },
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constantFrom(
          ...(['disconnect', 'set-nick', 'join', 'join', 'join', 'part', 'say', 'set-topic', 'kick'] as const),
          ...(['register-account', 'log-in', 'register-room', 'drop-room', 'set-access', 'rename-room'] as const),
          'found-room' as const,
        ),
        who,
        pick,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('tell' as const), who, to: fc.constantFrom(...NICKS, 'guest1') }),
    },
  ),
  { maxLength: 80, size: 'max' },
);

export function roomName(text: string): ParsedRoomName {
  const parsed = parseRoomName(text, 64);
  if (!parsed.ok) throw new Error(`${text} is no room name`);
  return parsed.value;
}

function roomOf(pick: number): ParsedRoomName {
  return roomName(ROOMS[pick % ROOMS.length]!);
}

function nickOf(pick: number): Nick {
  const nick = parseNick(NICKS[pick % NICKS.length]!, 32);
  if (!nick.ok) throw new Error('a nick of the list was refused');
  return nick.value;
}

export function newChat(): Chat {
  return new Chat(LIMITS, [roomName('#lobby')], 0);
}

/** Runs one step. The moment is the step's number, so that a log replays alike. */
export function runStep(chat: Chat, step: Step, number: number): Outcome | undefined {
  const actor = sessionId(`s${step.who}`);
  const moment = { at: 1000 + number, id: `m${number}` };
  switch (step.do) {
    case 'connect':
      // Ids are unique over the life of a server, so an id in use is never connected again.
      if (chat.sessions.has(actor)) return undefined;
      return connect.run(
        chat,
        actor,
        {
          label: `10.0.0.1 : ${step.suffix}`,
          guestSuffix: step.suffix,
          host: '10.0.0.1',
          address: '10.0.0.1',
          isSecure: false,
          certificateFingerprint: undefined,
        },
        moment,
      );
    case 'tell':
      return tell.run(chat, actor, { to: step.to, manner: 'speech', text: 'psst' }, moment);
    case 'disconnect':
      return disconnect.run(chat, actor, { reason: 'bye' }, moment);
    case 'set-nick':
      return setNick.run(chat, actor, { nick: nickOf(step.pick) }, moment);
    case 'register-account':
      return registerAccount.run(chat, actor, { name: nickOf(step.pick), credentials: undefined }, moment);
    case 'log-in':
      return logIn.run(chat, actor, { account: nickOf(step.pick).key }, moment);
    case 'found-room':
      return foundRoom.run(chat, CONSOLE, { room: roomOf(step.pick), account: nickOf(step.who).key }, moment);
    case 'register-room':
      return registerRoom.run(chat, actor, { room: roomOf(step.pick).key }, moment);
    case 'drop-room':
      return dropRoom.run(chat, actor, { room: roomOf(step.pick).key }, moment);
    case 'rename-room': {
      const [room, to] = [roomOf(step.pick).key, roomOf(step.pick + 2)];
      return renameRoom.run(chat, actor, { room, to, reason: '', hasHistory: step.pick > 8 }, moment);
    }
    case 'set-access': {
      const change = { kind: 'access', account: nickOf(step.pick).key, role: 'operator' } as const;
      return changeRegistration.run(chat, actor, { room: roomOf(step.pick).key, change }, moment);
    }
    case 'kick': {
      const kicked = { room: roomOf(step.pick).key, name: NICKS[step.pick % NICKS.length]!, reason: '' };
      return kick.run(chat, actor, kicked, moment);
    }
    case 'join':
      return join.run(chat, actor, { room: roomOf(step.pick) }, moment);
    case 'part':
      return part.run(chat, actor, { room: roomOf(step.pick).key, reason: '' }, moment);
    case 'say': {
      const text = ['hello', '', 'x'.repeat(21)][step.pick % 3]!;
      return say.run(chat, actor, { room: roomOf(step.pick).key, manner: 'speech', text }, moment);
    }
    case 'set-topic': {
      const text = ['new', '', 'far too long a topic'][step.pick % 3]!;
      return setTopic.run(chat, actor, { room: roomOf(step.pick).key, text }, moment);
    }
  }
}

/** The whole state as plain data, for comparing. */
export function snapshot(chat: Chat): unknown {
  return {
    sessions: [...chat.sessions.values()].map(({ id, persona, rooms, account }) => ({
      id,
      persona,
      account: account?.id,
      rooms: [...rooms.keys()],
    })),
    accounts: structuredClone([...chat.accounts]),
    nickOwners: [...chat.nickOwners].map(([key, { id }]) => [key, id]),
    nicks: [...chat.nicks].map(([key, { id }]) => [key, id]),
    rooms: [...chat.rooms.values()].map(({ members, registration, ...room }) => ({
      ...structuredClone(room),
      registration: registration && { founder: registration.founder.id, access: [...registration.access] },
      members: [...members.values()].map(({ session, roles }) => [session.id, [...roles]]),
    })),
  };
}
