import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_ACCOUNT_SETTINGS, type Account } from '../../src/domain/account.ts';
import type { Action, Outcome } from '../../src/domain/action.ts';
import { addFingerprint } from '../../src/domain/actions/add-fingerprint.ts';
import { changeAccountSettings } from '../../src/domain/actions/change-account-settings.ts';
import { changeCredentials } from '../../src/domain/actions/change-credentials.ts';
import { connect } from '../../src/domain/actions/connect.ts';
import { deleteAccount } from '../../src/domain/actions/delete-account.ts';
import { groupNick } from '../../src/domain/actions/group-nick.ts';
import { introduce } from '../../src/domain/actions/introduce.ts';
import { join } from '../../src/domain/actions/join.ts';
import { logIn } from '../../src/domain/actions/log-in.ts';
import { logOut } from '../../src/domain/actions/log-out.ts';
import { registerAccount } from '../../src/domain/actions/register-account.ts';
import { registerRoom } from '../../src/domain/actions/register-room.ts';
import { removeFingerprint } from '../../src/domain/actions/remove-fingerprint.ts';
import { renameAccount } from '../../src/domain/actions/rename-account.ts';
import { say as sayInRoom } from '../../src/domain/actions/say.ts';
import { setNick } from '../../src/domain/actions/set-nick.ts';
import { suspendAccount } from '../../src/domain/actions/suspend-account.ts';
import { ungroupNick } from '../../src/domain/actions/ungroup-nick.ts';
import { unsuspendAccount } from '../../src/domain/actions/unsuspend-account.ts';
import { Chat } from '../../src/domain/chat.ts';
import { CONSOLE } from '../../src/domain/console.ts';
import type { Event, Said } from '../../src/domain/event.ts';
import { parseFingerprint } from '../../src/domain/fingerprint.ts';
import { NO_LIMITS } from '../../src/domain/kept-limits.ts';
import { nickKey, parseNick, type Nick } from '../../src/domain/nick.ts';
import { parseRoomName, type ParsedRoomName } from '../../src/domain/room-name.ts';
import { sessionId, type Session, type SessionId } from '../../src/domain/session.ts';

const KEYS = { salt: '', iterations: 4096, storedKey: '', serverKey: '' };
const CREDENTIALS = { password: 'hashed', scram: { sha256: KEYS, sha512: KEYS } };
const PRINT = 'ab'.repeat(32);

function nick(text: string): Nick {
  const parsed = parseNick(text, 32);
  assert.ok(parsed.ok);
  return parsed.value;
}

function room(text: string): ParsedRoomName {
  const parsed = parseRoomName(text, 32);
  assert.ok(parsed.ok);
  return parsed.value;
}

/** A chat with people in it, who do things one after the other. */
class World {
  readonly chat = new Chat(
    {
      maxSessions: 10,
      maxRooms: 10,
      maxRoomsPerSession: 10,
      maxTextBytes: 100,
      maxTopicBytes: 100,
      maxListEntries: 10,
      maxWatched: 10,
      takesNewAccounts: true,
      needsEmail: false,
      staysByDefault: false,
      maxUnattendedMs: undefined,
      maxMetadataKeys: 3,
      maxRenamedMembers: 4,
      maxMetadataValueBytes: 20,
      maxSubscriptions: 3,
      maxDevices: 10,
      keepsHistory: true,
      kept: NO_LIMITS,
      maxRoomsPerAccount: 10,
      redactHours: 24,
    },
    [],
    0,
  );
  #count = 0;

  act<Input>(action: Action<Input>, who: SessionId, input: Input): Outcome {
    const at = ++this.#count;
    return action.run(this.chat, who, input, { at, id: String(at) });
  }

  /** The kinds of events that come of it, or the kind of refusal. */
  outcome<Input>(action: Action<Input>, who: SessionId, input: Input): string {
    const outcome = this.act(action, who, input);
    return outcome.ok ? outcome.value.map(({ kind }) => kind).join(' ') : outcome.error.kind;
  }

  events<Input>(action: Action<Input>, who: SessionId, input: Input): readonly Event[] {
    const outcome = this.act(action, who, input);
    assert.ok(outcome.ok);
    return outcome.value;
  }

  arrive(name: string): SessionId {
    const id = sessionId(`s${++this.#count}`);
    const origin = { label: name, guestSuffix: `0${this.#count}`, host: 'host', address: '' };
    this.act(connect, id, { ...origin, isSecure: true, certificateFingerprint: undefined });
    assert.ok(this.act(setNick, id, { nick: nick(name) }).ok);
    this.act(introduce, id, {});
    return id;
  }

  /** Somebody who is here, named like their account. */
  member(name: string): SessionId {
    const id = this.arrive(name);
    assert.ok(this.act(registerAccount, id, { name: nick(name), credentials: CREDENTIALS }).ok);
    assert.ok(this.act(logIn, id, { account: nickKey(name) }).ok);
    return id;
  }

  session(id: SessionId): Session {
    const session = this.chat.sessions.get(id);
    assert.ok(session !== undefined);
    return session;
  }

  account(name: string): Account {
    const account = this.chat.accounts.get(nickKey(name));
    assert.ok(account !== undefined);
    return account;
  }
}

const ALAN = { account: nickKey('alan') };

test('an account is changed by its owner and by operators, and by nobody else', () => {
  const world = new World();
  const alan = world.member('alan');
  const mallory = world.member('mallory');
  const change = { ...ALAN, credentials: { ...CREDENTIALS, password: 'other' } };
  assert.equal(world.outcome(changeCredentials, mallory, change), 'not-your-account');
  assert.equal(world.account('alan').credentials?.password, 'hashed');
  assert.equal(world.outcome(changeCredentials, alan, change), 'account-changed');
  assert.equal(world.account('alan').credentials?.password, 'other');
  assert.equal(world.outcome(changeCredentials, CONSOLE, { ...ALAN, credentials: CREDENTIALS }), 'account-changed');
  assert.equal(world.outcome(changeCredentials, alan, { ...change, account: nickKey('none') }), 'no-such-account');
  assert.equal(world.outcome(suspendAccount, alan, { ...ALAN, reason: '' }), 'not-server-operator');
  assert.equal(world.outcome(deleteAccount, mallory, ALAN), 'not-your-account');
});

test('nothing of an account is changed while nothing can be kept', () => {
  const world = new World();
  const alan = world.member('alan');
  const moment = { at: 100, id: '100', cannotKeep: true };
  const outcome = changeCredentials.run(world.chat, alan, { ...ALAN, credentials: CREDENTIALS }, moment);
  assert.deepEqual(outcome, { ok: false, error: { kind: 'not-kept' } });
  assert.equal(deleteAccount.run(world.chat, alan, ALAN, moment).ok, false);
  assert.ok(world.chat.accounts.has(nickKey('alan')));
});

test('whoever is a guest again has a name that nobody can choose, and that is no account', () => {
  const world = new World();
  const alan = world.member('alan');
  // Numbers of sessions are low, and so are those of people who like to be called guest1.
  for (let number = 1; number < 10; number++) world.member(`guest${number}`);
  world.act(logOut, alan, undefined);
  const { name } = world.session(alan).persona;
  assert.match(name, /^guest0\d+/);
  assert.equal(parseNick(name, 32).ok, false);
});

test('whoever logs out leaves the nick and the roles of the account behind, and is somebody else to history', () => {
  const world = new World();
  const alan = world.member('alan');
  world.act(join, alan, { room: room('#a') });
  world.act(registerRoom, alan, { room: room('#a').key });
  const before = world.session(alan).persona.identity;
  assert.equal(world.outcome(logOut, alan, undefined), 'modes-set logged-out renamed');
  const { persona, account, rooms } = world.session(alan);
  assert.equal(account, undefined);
  assert.deepEqual([persona.account, persona.isNamed], [undefined, false]);
  assert.match(persona.name, /^guest/);
  assert.notEqual(persona.identity, before);
  assert.equal(rooms.get(room('#a').key)?.members.get(alan)?.roles.has('founder'), false);
  assert.equal(world.outcome(setNick, alan, { nick: nick('alan') }), 'nick-owned');
  assert.equal(world.outcome(logOut, alan, undefined), 'not-logged-in');
});

test('a nick that does not belong to the account stays when its owner logs out', () => {
  const world = new World();
  const alan = world.member('alan');
  world.act(setNick, alan, { nick: nick('al') });
  assert.equal(world.outcome(logOut, alan, undefined), 'logged-out');
  assert.equal(world.session(alan).persona.name, 'al');
});

test('nicks are grouped, up to a number, and let go again; others cannot have them meanwhile', () => {
  const world = new World();
  const alan = world.member('alan');
  const beth = world.member('beth');
  const group = (name: string): string => world.outcome(groupNick, alan, { ...ALAN, nick: nick(name) });
  assert.equal(group('al'), 'account-changed');
  assert.equal(world.outcome(setNick, beth, { nick: nick('AL') }), 'nick-owned');
  assert.equal(group('beth'), 'nick-owned');
  world.act(setNick, beth, { nick: nick('carl') });
  assert.equal(group('carl'), 'nick-taken');
  assert.equal(world.outcome(ungroupNick, alan, { ...ALAN, nick: 'alan' }), 'nick-is-account');
  assert.equal(world.outcome(ungroupNick, alan, { ...ALAN, nick: 'nobody' }), 'nick-not-grouped');
  assert.equal(world.outcome(ungroupNick, alan, { ...ALAN, nick: 'Al' }), 'account-changed');
  assert.equal(world.outcome(setNick, beth, { nick: nick('AL') }), 'renamed');
  for (let count = 1; count < 16; count++) assert.equal(group(`a${count}`), 'account-changed');
  assert.equal(group('a16'), 'too-many-nicks');
});

test('certificates are for one account each; the last way in stays', () => {
  const world = new World();
  const alan = world.member('alan');
  const beth = world.member('beth');
  assert.equal(world.outcome(addFingerprint, alan, { ...ALAN, fingerprint: PRINT }), 'account-changed');
  assert.equal(world.chat.fingerprintOwners.get(PRINT), world.account('alan'));
  const bethPrint = { account: nickKey('beth'), fingerprint: PRINT };
  assert.equal(world.outcome(addFingerprint, beth, bethPrint), 'fingerprint-taken');
  assert.equal(world.outcome(removeFingerprint, beth, bethPrint), 'no-such-fingerprint');
  world.account('alan').credentials = undefined;
  assert.equal(world.outcome(removeFingerprint, alan, { ...ALAN, fingerprint: PRINT }), 'last-way-in');
  world.account('alan').credentials = CREDENTIALS;
  assert.equal(world.outcome(removeFingerprint, alan, { ...ALAN, fingerprint: PRINT }), 'account-changed');
  assert.equal(world.outcome(addFingerprint, beth, bethPrint), 'account-changed');
});

test('fingerprints are read as programs show them', () => {
  assert.deepEqual(parseFingerprint('AB:'.repeat(32).slice(0, -1)), { ok: true, value: PRINT });
  assert.deepEqual(parseFingerprint(PRINT), { ok: true, value: PRINT });
  for (const text of ['', 'ab', `${PRINT}00`, 'xy'.repeat(32)]) assert.equal(parseFingerprint(text).ok, false, text);
});

test('a suspended account is left by all, and entered by nobody until it is no longer', () => {
  const world = new World();
  const alan = world.member('alan');
  const suspend = { ...ALAN, reason: 'spam' };
  assert.equal(world.outcome(suspendAccount, CONSOLE, suspend), 'account-changed expelled');
  assert.equal(world.session(alan).isExpelled, true);
  const other = world.arrive('other');
  assert.equal(world.outcome(logIn, other, ALAN), 'account-suspended');
  assert.equal(world.outcome(unsuspendAccount, CONSOLE, ALAN), 'account-changed');
  assert.equal(world.outcome(unsuspendAccount, CONSOLE, ALAN), 'not-suspended');
  assert.equal(world.outcome(logIn, other, ALAN), 'logged-in');
});

test('a deleted account leaves its people as guests with their nick, and its rooms to nobody', () => {
  const world = new World();
  const alan = world.member('alan');
  world.act(join, alan, { room: room('#a') });
  world.act(registerRoom, alan, { room: room('#a').key });
  assert.equal(world.outcome(deleteAccount, alan, ALAN), 'account-removed modes-set logged-out room-dropped');
  assert.deepEqual([...world.chat.accounts.keys(), ...world.chat.nickOwners.keys()], []);
  assert.equal(world.session(alan).persona.name, 'alan');
  assert.equal(world.chat.rooms.get(room('#a').key)?.registration, undefined);
});

test('who may still see what an erased account said is told, room by room, but for what was for some alone', () => {
  const world = new World();
  const [alan, beth] = [world.member('alan'), world.member('beth')];
  for (const name of ['#a', '#b']) {
    world.act(join, beth, { room: room(name) });
    world.act(join, alan, { room: room(name) });
  }
  const say = (name: string, atLeast?: 'voice'): Said => {
    const speech = { room: room(name).key, manner: 'speech', text: 'hello', ...(atLeast && { atLeast }) } as const;
    const [event] = world.events(sayInRoom, alan, speech);
    assert.ok(event?.kind === 'said');
    return event;
  };
  const said = [say('#a'), say('#b', 'voice'), say('#a')];
  const events = world.events(deleteAccount, alan, { ...ALAN, erases: said });
  assert.deepEqual(
    events.flatMap((event) => (event.kind === 'erased' ? [[event.room, event.whose, event.messages]] : [])),
    [['#a', 'alan', [said[0]?.id, said[2]?.id]]],
  );
});

test('a renamed account is the same account; its old name is free', () => {
  const world = new World();
  const alan = world.member('alan');
  const { id } = world.account('alan');
  const { identity } = world.session(alan).persona;
  const rename = (name: string): string => world.outcome(renameAccount, alan, { ...ALAN, name: nick(name) });
  const beth = world.member('beth');
  world.arrive('carl');
  assert.equal(rename('beth'), 'account-taken');
  assert.equal(rename('carl'), 'nick-taken');
  assert.equal(rename('turing'), 'account-changed logged-in');
  assert.equal(world.account('turing').id, id);
  const { persona } = world.session(alan);
  assert.deepEqual([persona.account, persona.identity, persona.name], ['turing', identity, 'alan']);
  assert.equal(world.chat.accountOf(nick('alan')), undefined);
  assert.equal(world.outcome(setNick, alan, { nick: nick('turing') }), 'renamed');
  assert.equal(world.outcome(setNick, beth, { nick: nick('alan') }), 'renamed');
});

test('when the owner of a nick comes, a stranger who has it is a guest again; so is whoever has one like it', () => {
  const world = new World();
  const stranger = world.arrive('alan');
  const other = world.arrive('\u0430l');
  const account = {
    id: 1,
    name: 'turing',
    key: nickKey('turing'),
    createdAt: 0,
    credentials: CREDENTIALS,
    fingerprints: new Set<string>(),
    nicks: new Map(['turing', 'alan', 'al'].map((name) => [nickKey(name), name])),
    suspension: undefined,
    settings: DEFAULT_ACCOUNT_SETTINGS,
    lastSeenAt: 0,
  };
  world.chat.addAccount(account);
  const owner = world.arrive('owner');
  assert.equal(world.outcome(logIn, owner, { account: account.key }), 'logged-in renamed renamed');
  assert.match(world.session(stranger).persona.name, /^guest/);
  assert.match(world.session(other).persona.name, /^guest/);
  assert.equal(world.outcome(setNick, owner, { nick: nick('alan') }), 'renamed');
});

test('whoever logs in to another account has the nick of the first no longer', () => {
  const world = new World();
  const alan = world.member('alan');
  world.act(registerAccount, CONSOLE, { name: nick('turing'), credentials: CREDENTIALS });
  assert.equal(world.outcome(logIn, alan, { account: nickKey('turing') }), 'logged-in renamed');
});

test('settings are changed one by one; who is to stay on no longer and has no device leaves', () => {
  const world = new World();
  const alan = world.member('alan');
  const set = (settings: Parameters<typeof changeAccountSettings.run>[2]['settings']): string =>
    world.outcome(changeAccountSettings, CONSOLE, { ...ALAN, settings });
  assert.equal(set({ isAlwaysOn: true }), 'account-changed');
  assert.deepEqual(world.account('alan').settings, { ...DEFAULT_ACCOUNT_SETTINGS, isAlwaysOn: true });
  world.session(alan).devices.clear();
  assert.equal(set({ isRecorded: false }), 'account-changed');
  assert.equal(set({ isAlwaysOn: false }), 'account-changed disconnected');
  assert.equal(world.chat.sessions.size, 0);
});
