import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Action } from '../../src/domain/action.ts';
import { changeRegistration } from '../../src/domain/actions/change-registration.ts';
import { connect } from '../../src/domain/actions/connect.ts';
import { disconnect } from '../../src/domain/actions/disconnect.ts';
import { dropRoom } from '../../src/domain/actions/drop-room.ts';
import { introduce } from '../../src/domain/actions/introduce.ts';
import { join } from '../../src/domain/actions/join.ts';
import { logIn } from '../../src/domain/actions/log-in.ts';
import { part } from '../../src/domain/actions/part.ts';
import { registerAccount } from '../../src/domain/actions/register-account.ts';
import { registerRoom } from '../../src/domain/actions/register-room.ts';
import { setNick } from '../../src/domain/actions/set-nick.ts';
import type { Chat } from '../../src/domain/chat.ts';
import type { Event } from '../../src/domain/event.ts';
import { parseNick, type Nick } from '../../src/domain/nick.ts';
import { sessionId } from '../../src/domain/session.ts';
import { newChat, roomName } from './random-actions.ts';

const ROOM = roomName('#own');

function nick(text: string): Nick {
  const parsed = parseNick(text, 32);
  assert.ok(parsed.ok);
  return parsed.value;
}

let moments = 0;

/** Runs an action; gives its events, or the kind of its refusal. */
function act<Input>(chat: Chat, who: string, action: Action<Input>, input: Input): readonly Event[] | string {
  const outcome = action.run(chat, sessionId(who), input, { at: 1000 + ++moments, id: `m${moments}` });
  return outcome.ok ? outcome.value : outcome.error.kind;
}

/** Somebody with an account of their own. */
function come(chat: Chat, who: string): void {
  const origin = { label: who, guestSuffix: who, host: 'here', address: '', isSecure: false };
  act(chat, who, connect, { ...origin, certificateFingerprint: undefined });
  act(chat, who, setNick, { nick: nick(who) });
  act(chat, who, introduce, {});
  if (!chat.accounts.has(nick(who).key)) {
    act(chat, who, registerAccount, { name: nick(who), credentials: undefined });
  }
  act(chat, who, logIn, { account: nick(who).key });
}

const rolesIn = (chat: Chat, who: string): string[] => [
  ...(chat.rooms.get(ROOM.key)?.members.get(sessionId(who))?.roles ?? []),
];

test('a room of an account stays when it is empty, and gives its people their roles', () => {
  const chat = newChat();
  come(chat, 'alan');
  come(chat, 'beth');
  act(chat, 'alan', join, { room: ROOM });
  act(chat, 'alan', registerRoom, { room: ROOM.key });
  assert.deepEqual(rolesIn(chat, 'alan'), ['operator', 'founder']);
  act(chat, 'alan', changeRegistration, {
    room: ROOM.key,
    change: { kind: 'access', account: nick('beth').key, role: 'operator' },
  });
  act(chat, 'alan', part, { room: ROOM.key, reason: '' });
  assert.equal(chat.rooms.get(ROOM.key)?.members.size, 0);
  act(chat, 'beth', join, { room: ROOM });
  assert.deepEqual(rolesIn(chat, 'beth'), ['operator']);
  act(chat, 'alan', disconnect, { reason: '' });
  come(chat, 'alan');
  act(chat, 'alan', join, { room: ROOM });
  assert.deepEqual(rolesIn(chat, 'alan'), ['founder']);
});

test('only its founder gives it up or hands it on, and only an operator with an account makes it theirs', () => {
  const chat = newChat();
  come(chat, 'alan');
  come(chat, 'beth');
  act(chat, 'alan', join, { room: ROOM });
  act(chat, 'beth', join, { room: ROOM });
  assert.equal(act(chat, 'beth', registerRoom, { room: ROOM.key }), 'not-operator');
  act(chat, 'alan', registerRoom, { room: ROOM.key });
  assert.equal(act(chat, 'alan', registerRoom, { room: ROOM.key }), 'room-owned');
  assert.equal(act(chat, 'beth', dropRoom, { room: ROOM.key }), 'not-operator');
  const toBeth = { room: ROOM.key, change: { kind: 'founder', account: nick('beth').key } } as const;
  assert.equal(act(chat, 'beth', changeRegistration, toBeth), 'not-operator');
  act(chat, 'alan', changeRegistration, toBeth);
  assert.deepEqual(rolesIn(chat, 'beth'), ['founder']);
  act(chat, 'alan', part, { room: ROOM.key, reason: '' });
  act(chat, 'beth', part, { room: ROOM.key, reason: '' });
  act(chat, 'beth', dropRoom, { room: ROOM.key });
  assert.equal(chat.rooms.has(ROOM.key), false);
});
