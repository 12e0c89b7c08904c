import { keptLimitsText } from '../../dialects/kept-text.ts';
import type { Operation } from '../../server/administration/operation.ts';
import { roomAdd } from '../../server/administration/operations/room-add.ts';
import { roomDrop } from '../../server/administration/operations/room-drop.ts';
import { isKeptAmount, roomHistory } from '../../server/administration/operations/room-history.ts';
import { roomList } from '../../server/administration/operations/room-list.ts';
import { roomSetAccess } from '../../server/administration/operations/room-set-access.ts';
import { roomSetFounder } from '../../server/administration/operations/room-set-founder.ts';
import { roomShow } from '../../server/administration/operations/room-show.ts';
import type { RoomDetails } from '../../server/administration/room-details.ts';
import { columns } from '../columns.ts';
import { misused } from '../command-line.ts';
import { confirm } from '../confirm.ts';
import { facts, minute } from '../facts.ts';
import type { Io } from '../io.ts';
import { operate } from '../operate.ts';
import { showJson, showText } from '../show.ts';
import { runVerb, type VerbCall, type VerbTable } from '../verbs.ts';

/** Roles that an account may have in a room by right, by the words that ChanServ has for them. */
const ROLES = new Map([
  ['voice', 'voice'],
  ['halfop', 'half-operator'],
  ['op', 'operator'],
  ['admin', 'protected'],
] as const);
const ROLE_WORDS = [...ROLES.keys()];

const table: VerbTable = {
  command: 'room',
  about: `ROOM may be without its "#", which a shell takes for a comment unless it is quoted. ROLE is ${ROLE_WORDS.join(', ')}.
A room that belongs to an account stays, with its modes and lists, when nobody is in it.`,
  verbs: [
    { name: 'list', words: [], summary: 'lists the rooms, hidden ones too', run: list },
    { name: 'show', words: ['ROOM'], summary: 'tells all of a room, its key too', run: show },
    {
      name: 'add',
      words: ['ROOM', 'ACCOUNT'],
      summary: "makes a room an account's own, there already or not",
      run: add,
    },
    {
      name: 'drop',
      words: ['ROOM'],
      summary: 'a room is nobody’s, and goes with its last member',
      flags: ['yes'],
      run: drop,
    },
    { name: 'set-founder', words: ['ROOM', 'ACCOUNT'], summary: 'gives a room to another account', run: setFounder },
    {
      name: 'access',
      words: ['ROOM', '[ACCOUNT]', '[ROLE|none]'],
      summary: 'shows or changes the role that an account has there',
      run: access,
    },
    {
      name: 'history',
      words: ['ROOM', 'on|off|DAYSd|COUNT'],
      summary: 'says whether, and how much of, what is said is kept',
      run: history,
    },
  ],
};

/** `partyline room` */
export async function run(args: string[], io: Io): Promise<number> {
  return runVerb(table, args, io);
}

async function list({ io, settings, flags }: VerbCall): Promise<number> {
  const done = await operate(io, settings, roomList, {});
  if (!done.ok) return done.error;
  if (flags.json === true) return showJson(io, done.value);
  const rows = done.value.map(({ name, members, founder = '', topic }) => [name, String(members), founder, topic]);
  return showText(io, columns(['room', 'members', 'founder', 'topic'], rows));
}

async function show(call: VerbCall): Promise<number> {
  return change(call, roomShow, {}, detailsText);
}

async function add(call: VerbCall): Promise<number> {
  const [, account = ''] = call.words;
  return change(call, roomAdd, { account }, belongsText);
}

async function drop(call: VerbCall): Promise<number> {
  const [room = ''] = call.words;
  if (call.flags.yes !== true) {
    const sure = await confirm(call.io, 'room', `Drop the room ${room}, with its modes and lists?`);
    if (sure !== true) return sure;
  }
  return change(call, roomDrop, {}, ({ name }) => `${name} belongs to nobody now.\n`);
}

async function setFounder(call: VerbCall): Promise<number> {
  const [, account = ''] = call.words;
  return change(call, roomSetFounder, { account }, belongsText);
}

async function access(call: VerbCall): Promise<number> {
  const [, account, word] = call.words;
  if (account === undefined) return change(call, roomShow, {}, accessText);
  const role = [...ROLES].find(([known]) => known === word)?.[1];
  if (role === undefined && word !== 'none') {
    return misused(call.io, 'room', `a role is ${ROLE_WORDS.join(', ')} or none`);
  }
  return change(call, roomSetAccess, { account, role }, accessText);
}

async function history(call: VerbCall): Promise<number> {
  const [, amount = ''] = call.words;
  if (!isKeptAmount(amount)) {
    return misused(call.io, 'room', 'history is on, off, so many days (30d) or so many messages (1000)');
  }
  return change(call, roomHistory, { history: amount }, (room) => `${room.name}: ${keptText(room)}.\n`);
}

/** Does something to the room that the first word names, and tells of it. */
async function change<Input>(
  { io, settings, words: [room = ''], flags }: VerbCall,
  operation: Operation<Input & { readonly room: string }, RoomDetails>,
  input: Input,
  text: (room: RoomDetails) => string,
): Promise<number> {
  const done = await operate(io, settings, operation, { ...input, room });
  if (!done.ok) return done.error;
  return flags.json === true ? showJson(io, done.value) : showText(io, text(done.value));
}

function belongsText({ name, founder }: RoomDetails): string {
  return `${name} belongs to ${founder} now.\n`;
}

function accessText({ founder, access: entries }: RoomDetails): string {
  const word = (role: string): string => [...ROLES].find(([, known]) => known === role)?.[0] ?? role;
  const rows = entries.map(({ account, role }) => [account, word(role)]);
  return columns(['account', 'role'], [...(founder === undefined ? [] : [[founder, 'founder']]), ...rows]);
}

function keptText({ flags, kept }: RoomDetails): string {
  return flags.includes('unrecorded') ? 'what is said is not kept' : `what is said is kept${keptLimitsText(kept)}`;
}

function detailsText(room: RoomDetails): string {
  const { name, createdAt, topic, flags, key, maxMembers, forward, joinThrottle, lists, founder, registeredAt } = room;
  const since = registeredAt === undefined ? '' : `, since ${minute(registeredAt)}`;
  return facts({
    room: name,
    made: minute(createdAt),
    founder: founder === undefined ? undefined : `${founder}${since}`,
    topic: topic === undefined ? undefined : `${topic.text} (${topic.by}, ${minute(topic.at)})`,
    modes: flags.length === 0 ? undefined : flags.join(', '),
    key,
    'most members': maxMembers?.toString(),
    'forwards to': forward,
    'joins at most': joinThrottle === undefined ? undefined : `${joinThrottle.joins} in ${joinThrottle.seconds} s`,
    history: keptText(room),
    bans: lists.ban.map(({ mask }) => mask),
    'ban exceptions': lists['ban-exception'].map(({ mask }) => mask),
    'needs no invitation': lists['invite-exception'].map(({ mask }) => mask),
    access: room.access.map(({ account, role }) => `${account} (${role})`),
    members: room.members.map(({ nick, roles }) => (roles.length === 0 ? nick : `${nick} (${roles.join(', ')})`)),
  });
}
