import assert from 'node:assert/strict';
import type { Chat } from '../../src/domain/chat.ts';
import { MAX_SERVER_BANS } from '../../src/domain/server-ban.ts';
import { MAX_ACCEPTED, type Session } from '../../src/domain/session.ts';

/** What holds of the chat after every action, whatever was done. */
export function assertSound(chat: Chat): void {
  assertNames(chat);
  for (const session of chat.sessions.values()) assertSession(chat, session);
  assertRooms(chat);
  assertAccounts(chat);
  assertCensus(chat);
  for (const [key, watchers] of chat.watchers) {
    assert.ok(watchers.size > 0, `nobody watches ${key}`);
    for (const id of watchers) {
      const devices = [...(chat.sessions.get(id)?.devices.values() ?? [])];
      assert.ok(
        devices.some(({ watched }) => watched.has(key)),
        `${id} does not watch ${key}`,
      );
    }
  }
  const { maxRooms, maxSessions } = chat.limits;
  assert.ok(
    chat.rooms.size <= maxRooms && chat.sessions.size <= maxSessions && chat.serverBans.size <= MAX_SERVER_BANS,
  );
}

/** One nick, one session, and one look. */
function assertNames({ nicks, looks, sessions }: Chat): void {
  assert.equal(nicks.size, sessions.size);
  assert.equal(looks.size, sessions.size);
  for (const [key, session] of nicks) {
    assert.equal(sessions.get(session.id), session);
    assert.equal(session.persona.key, key);
    assert.equal(session.persona.session, session.id);
  }
}

/** A room is in its member's list and the member in the room's; what a session keeps has an end. */
function assertSession(chat: Chat, { id, rooms, devices, accepted }: Session): void {
  assert.ok(rooms.size <= chat.limits.maxRoomsPerSession);
  assert.ok(accepted.size <= MAX_ACCEPTED);
  for (const [name, room] of rooms) {
    assert.equal(chat.rooms.get(name), room);
    assert.equal(room.members.get(id)?.session, chat.sessions.get(id));
  }
  for (const { watched } of devices.values()) {
    assert.ok(watched.size <= chat.limits.maxWatched);
    for (const key of watched.keys()) assert.ok(chat.watchers.get(key)?.has(id), `${key} is not watched by ${id}`);
  }
}

/** An empty room is gone, unless it is to stay. */
function assertRooms(chat: Chat): void {
  for (const [name, room] of chat.rooms) {
    assert.equal(room.name, name);
    const stays = room.isPermanent || room.registration !== undefined;
    assert.ok(stays || room.members.size > 0, `${name} is empty and still there`);
    for (const list of Object.values(room.lists)) assert.ok(list.size <= chat.limits.maxListEntries);
    for (const [id, member] of room.members) {
      assert.equal(member.session.id, id);
      assert.equal(chat.sessions.get(id)?.rooms.get(name), room);
    }
  }
}

/** An account owns its nicks, certificates and rooms. */
function assertAccounts({ accounts, nickOwners, fingerprintOwners, nextAccountId, sessions, rooms }: Chat): void {
  for (const [key, account] of accounts) {
    assert.equal(account.key, key);
    assert.equal(nickOwners.get(key), account);
    assert.ok(account.id < nextAccountId);
    for (const fingerprint of account.fingerprints) assert.equal(fingerprintOwners.get(fingerprint), account);
  }
  for (const [key, account] of nickOwners) assert.ok(account.nicks.has(key) && accounts.get(account.key) === account);
  for (const [fingerprint, account] of fingerprintOwners) assert.ok(account.fingerprints.has(fingerprint));
  for (const { account, persona } of sessions.values()) {
    assert.equal(persona.account, account?.name);
    assert.ok(account === undefined || accounts.get(account.key) === account);
  }
  const ids = new Set([...accounts.values()].map(({ id }) => id));
  for (const { registration, title } of rooms.values()) {
    if (registration === undefined) continue;
    assert.ok(accounts.get(registration.founder.key) === registration.founder, `${title} has no owner`);
    for (const id of registration.access.keys()) assert.ok(ids.has(id), `somebody who is not there is in ${title}`);
  }
}

/** What is counted along is what is there. */
function assertCensus({ census, sessions }: Chat): void {
  const present = [...sessions.values()].filter(({ isPresent }) => isPresent);
  assert.equal(census.present, present.length);
  assert.equal(census.invisible, present.filter(({ flags }) => flags.has('invisible')).length);
  assert.equal(census.operators, present.filter(({ flags }) => flags.has('operator')).length);
  assert.ok(census.mostPresent >= census.present);
}
