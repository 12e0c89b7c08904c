import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Chat } from '../../src/domain/chat.ts';
import { newChat, runStep, snapshot, steps } from './random-actions.ts';

// architecture.md, invariant 2: what lets many nodes run one log.
test('the same log of actions gives the same events and the same state', () => {
  fc.assert(
    fc.property(steps, (log) => {
      const [first, second] = [newChat(), newChat()];
      log.forEach((step, number) => {
        assert.deepEqual(runStep(first, step, number), runStep(second, step, number));
      });
      assert.deepEqual(snapshot(first), snapshot(second));
    }),
    { numRuns: 500 },
  );
});

test('a refused action changes nothing', () => {
  fc.assert(
    fc.property(steps, (log) => {
      const chat = newChat();
      log.forEach((step, number) => {
        const before = snapshot(chat);
        const outcome = runStep(chat, step, number);
        if (outcome?.ok === false) assert.deepEqual(snapshot(chat), before);
      });
    }),
    { numRuns: 300 },
  );
});

test('after every action the state is sound', () => {
  fc.assert(
    fc.property(steps, (log) => {
      const chat = newChat();
      log.forEach((step, number) => {
        runStep(chat, step, number);
        assertSound(chat);
      });
    }),
    { numRuns: 500 },
  );
});

/** One nick, one session; a member is in the room's list and the room in the member's; an empty room is gone. */
function assertSound(chat: Chat): void {
  assert.equal(chat.nicks.size, chat.sessions.size);
  assert.equal(chat.looks.size, chat.sessions.size);
  for (const [key, session] of chat.nicks) {
    assert.equal(chat.sessions.get(session.id), session);
    assert.equal(session.persona.key, key);
    assert.equal(session.persona.session, session.id);
  }
  for (const session of chat.sessions.values()) {
    assert.ok(session.rooms.size <= chat.limits.maxRoomsPerSession);
    for (const [name, room] of session.rooms) {
      assert.equal(chat.rooms.get(name), room);
      assert.equal(room.members.get(session.id)?.session, session);
    }
  }
  for (const [name, room] of chat.rooms) {
    assert.equal(room.name, name);
    const stays = room.isPermanent || room.registration !== undefined;
    assert.ok(stays || room.members.size > 0, `${name} is empty and still there`);
    for (const [id, member] of room.members) {
      assert.equal(member.session.id, id);
      assert.equal(chat.sessions.get(id)?.rooms.get(name), room);
    }
  }
  for (const [key, account] of chat.accounts) {
    assert.equal(account.key, key);
    assert.equal(chat.nickOwners.get(key), account);
    assert.ok(account.id < chat.nextAccountId);
  }
  for (const [key, account] of chat.nickOwners) assert.ok(account.nicks.has(key));
  assert.ok(chat.rooms.size <= chat.limits.maxRooms);
  assert.ok(chat.sessions.size <= chat.limits.maxSessions);
}
