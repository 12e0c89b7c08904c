import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Action } from '../../src/domain/action.ts';
import { changeAccountSettings } from '../../src/domain/actions/change-account-settings.ts';
import { connect } from '../../src/domain/actions/connect.ts';
import { introduce } from '../../src/domain/actions/introduce.ts';
import { join as joinRoom } from '../../src/domain/actions/join.ts';
import { logIn } from '../../src/domain/actions/log-in.ts';
import { part } from '../../src/domain/actions/part.ts';
import { registerAccount } from '../../src/domain/actions/register-account.ts';
import { say } from '../../src/domain/actions/say.ts';
import { setNick } from '../../src/domain/actions/set-nick.ts';
import { tell } from '../../src/domain/actions/tell.ts';
import type { Chat } from '../../src/domain/chat.ts';
import { privateConversation, roomConversation } from '../../src/domain/conversation.ts';
import type { Event } from '../../src/domain/event.ts';
import { isKept } from '../../src/domain/keeping.ts';
import { sequenceOf } from '../../src/domain/message-id.ts';
import { parseNick, type Nick } from '../../src/domain/nick.ts';
import { sessionId } from '../../src/domain/session.ts';
import { MessageIds } from '../../src/server/message-ids.ts';
import { Storage } from '../../src/storage/storage.ts';
import { newChat, roomName } from '../domain/random-actions.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOM = roomName('#a');
const ALL_TIME = { after: 0, before: Number.MAX_SAFE_INTEGER };

function nick(text: string): Nick {
  const parsed = parseNick(text, 32);
  assert.ok(parsed.ok);
  return parsed.value;
}

/** A chat whose events are kept as they happen. */
function keptChat(storage: Storage): {
  chat: Chat;
  act: <Input>(a: Action<Input>, who: string, input: Input) => Event[];
} {
  const chat = newChat();
  storage.restore(chat);
  const ids = new MessageIds(storage.idSuffix, storage.lastSequence);
  const act = <Input>(action: Action<Input>, who: string, input: Input): Event[] => {
    const outcome = action.run(chat, sessionId(who), input, ids.next(Date.now()));
    assert.ok(outcome.ok, `${action.name} was refused`);
    storage.keep(outcome.value.filter(isKept), chat);
    return [...outcome.value];
  };
  return { chat, act };
}

function come(act: ReturnType<typeof keptChat>['act'], who: string): void {
  act(connect, who, {
    label: who,
    guestSuffix: who,
    host: 'here',
    address: '',
    isSecure: false,
    certificateFingerprint: undefined,
  });
  act(setNick, who, { nick: nick(`nick${who}`) });
  act(introduce, who, {});
}

function reopened(t: TestContext): { file: string; open: () => Storage } {
  const file = join(temporaryFolder(t), 'partyline.db');
  return { file, open: () => new Storage(file, 'process') };
}

test('what was said in a room is there again after a restart, as it was', (t) => {
  const { open } = reopened(t);
  const first = open();
  const { act } = keptChat(first);
  come(act, '1');
  act(joinRoom, '1', { room: ROOM });
  const events = Array.from({ length: 5 }, (_, index) =>
    act(say, '1', {
      room: ROOM.key,
      manner: index === 2 ? 'deed' : 'speech',
      text: `text ${index} ☎`,
      annotations: new Map(index === 3 ? [['+reply', 'x']] : []),
    }),
  ).flat();
  first.close();
  const second = open();
  const span = { conversation: roomConversation(ROOM.key), includes: 'messages' } as const;
  const read = second.read(span, 'first', 10);
  const shown = (list: readonly Event[]): unknown[] =>
    list.map(
      (event) =>
        event.kind === 'said' && [event.id, event.at, event.by.name, event.manner, event.text, [...event.annotations]],
    );
  assert.deepEqual(shown(read), shown(events));
  assert.deepEqual(shown(second.read(span, 'last', 2)), shown(events.slice(-2)));
  const [after, before] = [sequenceOf(events[0]!.id)!, sequenceOf(events[3]!.id)!];
  assert.deepEqual(shown(second.read({ ...span, after, before }, 'first', 10)), shown(events.slice(1, 3)));
  assert.ok(second.lastSequence >= sequenceOf(events.at(-1)!.id)!);
  second.close();
});

test('who came is among everything, in order, and not among the messages', (t) => {
  const { open } = reopened(t);
  const storage = open();
  const { act } = keptChat(storage);
  come(act, '1');
  act(joinRoom, '1', { room: ROOM });
  act(say, '1', { room: ROOM.key, manner: 'speech', text: 'hi' });
  const kinds = (includes: 'messages' | 'everything'): string[] =>
    storage.read({ conversation: roomConversation(ROOM.key), includes }, 'last', 10).map(({ kind }) => kind);
  assert.deepEqual(kinds('everything'), ['joined', 'said']);
  assert.deepEqual(kinds('messages'), ['said']);
  storage.close();
});

test('what two people told each other belongs to them, and is found by either', (t) => {
  const { open } = reopened(t);
  const storage = open();
  const { act, chat } = keptChat(storage);
  for (const who of ['1', '2', '3']) come(act, who);
  act(tell, '1', { to: 'nick2', manner: 'speech', text: 'psst' });
  const [told] = act(tell, '2', { to: 'nick1', manner: 'speech', text: 'what?' });
  const [one, two, three] = ['1', '2', '3'].map((id) => chat.sessions.get(sessionId(id))!.persona.identity);
  const conversation = privateConversation(one!, two!);
  const texts = storage
    .read({ conversation, includes: 'messages' }, 'last', 10)
    .map((event) => 'text' in event && event.text);
  assert.deepEqual(texts, ['psst', 'what?']);
  const latest = sequenceOf(told!.id)!;
  assert.deepEqual(storage.correspondences(two!, ALL_TIME, 'first', 10), [{ conversation, other: one, latest }]);
  assert.deepEqual(storage.correspondences(three!, ALL_TIME, 'first', 10), []);
  assert.equal(storage.nameIn(conversation, two!), 'nick2');
  storage.close();
});

test('an account is there again after a restart', (t) => {
  const { open } = reopened(t);
  const first = open();
  const { act, chat } = keptChat(first);
  come(act, '1');
  act(registerAccount, '1', { name: nick('nick1'), credentials: undefined, fingerprint: 'ab' });
  act(logIn, '1', { account: nick('nick1').key });
  assert.equal(chat.sessions.get(sessionId('1'))?.persona.account, 'nick1');
  first.close();
  const second = open();
  const { chat: later } = keptChat(second);
  assert.deepEqual([...later.accounts.values()], [...chat.accounts.values()]);
  assert.equal(later.nickOwners.get(nick('NICK1').key)?.name, 'nick1');
  assert.equal(later.nextAccountId, 2);
  second.close();
});

test('who stays on is written anew when what happened meanwhile could not be kept', (t) => {
  const { open } = reopened(t);
  const first = open();
  const { chat, act } = keptChat(first);
  come(act, '1');
  act(registerAccount, '1', { name: nick('nick1'), email: undefined, credentials: undefined });
  act(logIn, '1', { account: nick('nick1').key });
  act(changeAccountSettings, '1', { account: nick('nick1').key, settings: { isAlwaysOn: true } });
  act(joinRoom, '1', { room: ROOM });
  const ids = new MessageIds(first.idSuffix, first.lastSequence);
  const later = roomName('#later');
  part.run(chat, sessionId('1'), { room: ROOM.key, reason: '' }, ids.next(Date.now()));
  joinRoom.run(chat, sessionId('1'), { room: later }, ids.next(Date.now()));
  first.catchUp([], chat);
  first.close();
  const second = open();
  const { chat: again } = keptChat(second);
  const [session] = again.sessions.values();
  assert.deepEqual([...(session?.rooms.keys() ?? [])], [later.key]);
  assert.equal(again.rooms.has(ROOM.key), false);
  second.close();
});
