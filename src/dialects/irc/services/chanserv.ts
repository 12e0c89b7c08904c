import { changeRegistration } from '../../../domain/actions/change-registration.ts';
import { dropRoom } from '../../../domain/actions/drop-room.ts';
import { registerRoom } from '../../../domain/actions/register-room.ts';
import { setModes } from '../../../domain/actions/set-modes.ts';
import { keptLimits, NO_LIMITS } from '../../../domain/kept-limits.ts';
import { nickKey } from '../../../domain/nick.ts';
import { roleByRight } from '../../../domain/room-registration.ts';
import { rankOf, type Role } from '../../../domain/role.ts';
import { isVisibleTo, type Room } from '../../../domain/room.ts';
import { keptLimitsText, parseKeptLimit } from '../../kept-text.ts';
import { defineService, type ServiceCommand, type ServiceTalk } from './service.ts';

/** Roles by the words that ACCESS knows. */
const ROLE_WORDS: ReadonlyMap<string, Role> = new Map([
  ['voice', 'voice'],
  ['halfop', 'half-operator'],
  ['op', 'operator'],
  ['admin', 'protected'],
]);

const wordOf = (role: Role): string => [...ROLE_WORDS].find(([, known]) => known === role)?.[0] ?? 'founder';

function keptText({ irc }: ServiceTalk, room: Room): string {
  return keptLimitsText(keptLimits(irc.host.chat, room));
}

/** A channel that the client may know of; it is told when there is none. */
function findRoom(talk: ServiceTalk, name: string): Room | undefined {
  const { irc } = talk;
  const room = irc.lookUpRoom(name);
  if (room !== undefined && irc.me !== undefined && isVisibleTo(room, irc.me)) return room;
  talk.refuse({ kind: 'no-such-room', room: name });
  return undefined;
}

const register: ServiceCommand = {
  name: 'REGISTER',
  params: { min: 1, max: 1 },
  forAccounts: true,
  help: {
    usage: 'REGISTER <channel>',
    summary: 'Makes a channel that you operate yours: it stays, with all its modes.',
  },
  run(talk, [name = '']) {
    const room = findRoom(talk, name);
    if (room !== undefined && talk.act(registerRoom, { room: room.name })) {
      talk.reply(`Channel ${room.title} successfully registered`);
    }
  },
};

const drop: ServiceCommand = {
  name: 'DROP',
  params: { min: 1, max: 1 },
  help: { usage: 'DROP <channel>', summary: 'Gives a channel of yours up.' },
  run(talk, [name = '']) {
    const room = findRoom(talk, name);
    if (room !== undefined && talk.act(dropRoom, { room: room.name })) {
      talk.reply(`Channel ${room.title} is no longer registered`);
    }
  },
};

const transfer: ServiceCommand = {
  name: 'TRANSFER',
  params: { min: 2, max: 2 },
  help: { usage: 'TRANSFER <channel> <account>', summary: 'Hands a channel of yours to another account.' },
  run(talk, [name = '', account = '']) {
    const room = findRoom(talk, name);
    if (room === undefined) return;
    const change = { kind: 'founder', account: nickKey(account) } as const;
    if (talk.act(changeRegistration, { room: room.name, change }))
      talk.reply(`${room.title} belongs to ${account} now`);
  },
};

const access: ServiceCommand = {
  name: 'ACCESS',
  params: { min: 1, max: 4 },
  help: {
    usage: 'ACCESS <channel> [LIST | ADD <account> voice|halfop|op|admin | DEL <account>]',
    summary: 'Shows or changes who has which role in a registered channel whenever they come.',
  },
  run(talk, [name = '', verb = 'LIST', account = '', word = '']) {
    const room = findRoom(talk, name);
    if (room === undefined) return;
    if (verb.toUpperCase() === 'LIST') return showAccess(talk, room);
    const isRemoval = verb.toUpperCase() === 'DEL';
    const role = isRemoval ? undefined : ROLE_WORDS.get(word.toLowerCase());
    if (!isRemoval && (verb.toUpperCase() !== 'ADD' || role === undefined)) {
      return talk.reply(`Use it like this: ${access.help.usage}`);
    }
    const change = { kind: 'access', account: nickKey(account), role } as const;
    if (!talk.act(changeRegistration, { room: room.name, change })) return;
    talk.reply(
      isRemoval ? `${account} has no role in ${room.title} now` : `${account} is ${word} in ${room.title} now`,
    );
  },
};

function showAccess(talk: ServiceTalk, room: Room): void {
  const { registration } = room;
  if (registration === undefined) return talk.refuse({ kind: 'room-not-owned', room: room.title });
  const { me, host } = talk.irc;
  const isTheirs = me !== undefined && (roleByRight(room, me) !== undefined || talk.isOperator);
  if (!isTheirs) return talk.refuse({ kind: 'not-operator', room: room.title, needed: 'voice' });
  talk.reply(`${registration.founder.name}: founder`);
  const accounts = [...host.chat.accounts.values()].filter(({ id }) => registration.access.has(id));
  const byRank = accounts.toSorted(
    (a, b) => rankOf(registration.access.get(b.id)!) - rankOf(registration.access.get(a.id)!),
  );
  for (const { id, name } of byRank) talk.reply(`${name}: ${wordOf(registration.access.get(id)!)}`);
  talk.reply(`End of the access list of ${room.title}`);
}

const info: ServiceCommand = {
  name: 'INFO',
  params: { min: 1, max: 1 },
  help: { usage: 'INFO <channel>', summary: 'Tells whose a channel is.' },
  run(talk, [name = '']) {
    const room = findRoom(talk, name);
    if (room === undefined) return;
    const { registration, title } = room;
    if (registration === undefined) return talk.reply(`${title} is not registered`);
    const since = new Date(registration.registeredAt).toUTCString();
    talk.reply(`${title} belongs to ${registration.founder.name}, registered ${since}`);
    const isKept = talk.irc.host.chat.limits.keepsHistory && !room.flags.has('unrecorded');
    talk.reply(`What is said there is ${isKept ? `kept${keptText(talk, room)}` : 'not kept'}`);
  },
};

const list: ServiceCommand = {
  name: 'LIST',
  params: { min: 0, max: 0 },
  forAccounts: true,
  help: { usage: 'LIST', summary: 'Lists the channels that are yours.' },
  run(talk) {
    const { me, host } = talk.irc;
    const own = [...host.chat.rooms.values()].filter(({ registration }) => registration?.founder === me?.account);
    for (const { title } of own) talk.reply(title);
    talk.reply(`You have ${own.length} registered ${own.length === 1 ? 'channel' : 'channels'}`);
  },
};

const set: ServiceCommand = {
  name: 'SET',
  params: { min: 3, max: 3 },
  help: {
    usage: 'SET <channel> HISTORY ON|OFF|<days>d|<messages>',
    summary: 'Says whether what is said in a registered channel is kept, for how long, and how much of it.',
  },
  run(talk, [name = '', option = '', value = '']) {
    const room = findRoom(talk, name);
    if (room === undefined) return;
    const word = value.toUpperCase();
    const limit = parseKeptLimit(value);
    if (option.toUpperCase() !== 'HISTORY' || (limit === undefined && word !== 'ON' && word !== 'OFF')) {
      return talk.reply(`Use it like this: ${set.help.usage}`);
    }
    const before = room.registration?.kept ?? NO_LIMITS;
    const kept = { ...(word === 'ON' ? NO_LIMITS : before), ...limit };
    if (!talk.act(changeRegistration, { room: room.name, change: { kind: 'kept', kept } })) return;
    const changes = [{ kind: 'flag', flag: 'unrecorded', on: word === 'OFF' }] as const;
    talk.act(setModes, { room: room.name, changes, isForced: true });
    talk.reply(`History of ${room.title}: ${word === 'OFF' ? 'not kept' : `kept${keptText(talk, room)}`}`);
  },
};

/** OP, DEOP and the like: a role in a registered channel, by right of one's own role there. */
function roleCommand(name: string, role: Role, on: boolean): ServiceCommand {
  const title = role === 'voice' ? 'one with a voice' : `${role === 'operator' ? 'an' : 'a'} ${role}`;
  return {
    name,
    params: { min: 1, max: 2 },
    forAccounts: true,
    help: {
      usage: `${name} <channel> [<nick>]`,
      summary: on ? `Makes you, or somebody, ${title} there.` : `Makes you, or somebody, ${title} no more.`,
    },
    run(talk, [channel = '', nick]) {
      const room = findRoom(talk, channel);
      const { me } = talk.irc;
      if (room === undefined || me === undefined) return;
      const right = roleByRight(room, me);
      const needed: Role = role === 'voice' ? 'half-operator' : 'operator';
      const isOwn = nick === undefined || nickKey(nick) === me.persona.key;
      const isEnough =
        right !== undefined && (rankOf(right) >= rankOf(needed) || (isOwn && rankOf(right) >= rankOf(role)));
      if (!isEnough) return talk.refuse({ kind: 'not-operator', room: room.title, needed });
      const changes = [{ kind: 'role', role, name: nick ?? me.persona.name, on }] as const;
      talk.act(setModes, { room: room.name, changes, isForced: true });
    },
  };
}

/** ChanServ: channels that belong to accounts. */
export const chanServ = defineService('ChanServ', 'keeps channels for their owners', [
  register,
  drop,
  info,
  list,
  access,
  transfer,
  set,
  roleCommand('OP', 'operator', true),
  roleCommand('DEOP', 'operator', false),
  roleCommand('HALFOP', 'half-operator', true),
  roleCommand('DEHALFOP', 'half-operator', false),
  roleCommand('VOICE', 'voice', true),
  roleCommand('DEVOICE', 'voice', false),
]);
