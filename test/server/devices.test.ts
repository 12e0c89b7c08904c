import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import fc from 'fast-check';
import type { DialectSession, Rendering } from '../../src/dialects/dialect.ts';
import { DEFAULT_ACCOUNT_SETTINGS, type Account } from '../../src/domain/account.ts';
import type { Action } from '../../src/domain/action.ts';
import { attach } from '../../src/domain/actions/attach.ts';
import { connect } from '../../src/domain/actions/connect.ts';
import { detach } from '../../src/domain/actions/detach.ts';
import { introduce } from '../../src/domain/actions/introduce.ts';
import { join } from '../../src/domain/actions/join.ts';
import { kick } from '../../src/domain/actions/kick.ts';
import { logIn } from '../../src/domain/actions/log-in.ts';
import { part } from '../../src/domain/actions/part.ts';
import { say } from '../../src/domain/actions/say.ts';
import { setNick } from '../../src/domain/actions/set-nick.ts';
import { tell } from '../../src/domain/actions/tell.ts';
import type { Chat } from '../../src/domain/chat.ts';
import { parseNick, type Nick } from '../../src/domain/nick.ts';
import { sessionId, type SessionId } from '../../src/domain/session.ts';
import { Delivery } from '../../src/server/delivery/delivery.ts';
import { Recipient } from '../../src/server/delivery/recipient.ts';
import { Keeping } from '../../src/server/keeping.ts';
import { MessageIds } from '../../src/server/message-ids.ts';
import { Turn } from '../../src/server/turn.ts';
import { Storage } from '../../src/storage/storage.ts';
import { newChat, roomName } from '../domain/random-actions.ts';
import { fakeConnection } from '../support/fake-connection.ts';

const ROOMS = [roomName('#a'), roomName('#b')];

function nick(text: string): Nick {
  const parsed = parseNick(text, 32);
  assert.ok(parsed.ok);
  return parsed.value;
}

/** Writes what is said as its id. */
const rendering: Rendering = {
  render: (event) => (event.kind === 'said' || event.kind === 'told' ? Buffer.from(`${event.id} `) : undefined),
};

/** A connection that writes down what it is sent: of its own words too, whether it or another device said them. */
class FakeDevice {
  readonly id: SessionId;
  readonly recipient: Recipient;
  session: SessionId;
  isOpen = true;
  received = '';
  /** What its person said last, as it is written. */
  lastSaid = '';
  /** What it ought to be sent. */
  expected = '';

  constructor(id: SessionId, turn: () => Turn) {
    this.id = id;
    this.session = id;
    const connection = fakeConnection((bytes) => (this.received += bytes.toString()));
    const tellOwn: DialectSession['witness'] = (event) => {
      const bytes = rendering.render(event);
      if (bytes === undefined) return;
      this.lastSaid = bytes.toString();
      turn().send(this.recipient, { bytes, messages: 0 });
    };
    const dialect = {
      rendering,
      renderingFor: () => rendering,
      witness: tellOwn,
      mirrored: tellOwn,
      affected() {},
      refused() {},
    } as unknown as DialectSession;
    this.recipient = new Recipient(id, dialect, connection, 1_000_000);
  }
}

/** A chat whose devices are run as a server runs them, without sockets. */
class Party {
  readonly chat: Chat = newChat();
  readonly delivery = new Delivery(() => true);
  readonly #turn: Turn;
  #count = 0;

  constructor(t: TestContext) {
    const storage = new Storage(':memory:', 'process');
    t.after(() => storage.close());
    const watcher = { failed: assert.fail, recovered: assert.fail };
    this.#turn = new Turn(this.chat, {
      delivery: this.delivery,
      keeping: new Keeping(storage, this.chat, watcher),
      ids: new MessageIds(storage.idSuffix, 0),
      watcher: { happened() {}, fault: (fault) => assert.fail(fault as Error) },
    });
  }

  act<Input>(device: FakeDevice, action: Action<Input>, input: Input): boolean {
    return this.#turn.act(action, device.session, input, device.recipient);
  }

  open(): FakeDevice {
    const device = new FakeDevice(sessionId(`d${++this.#count}`), () => this.#turn);
    this.delivery.add(device.recipient);
    const origin = { host: 'here', address: '', isSecure: false, certificateFingerprint: undefined };
    this.act(device, connect, { label: device.id, guestSuffix: `${this.#count}`, ...origin });
    return device;
  }

  named(name: string, account?: Account): FakeDevice {
    const device = this.open();
    if (account !== undefined) this.act(device, logIn, { account: account.key });
    assert.ok(this.act(device, setNick, { nick: nick(name) }));
    this.act(device, introduce, {});
    return device;
  }

  /** As `SessionConnection.attach`: the action is the other session's. */
  attachTo(device: FakeDevice, session: SessionId): boolean {
    const input = { device: device.id, from: device.session };
    if (!this.#turn.act(attach, session, input, device.recipient)) return false;
    device.session = session;
    return true;
  }

  close(device: FakeDevice): void {
    device.isOpen = false;
    this.act(device, detach, { device: device.id, reason: '' });
    this.delivery.remove(device.recipient);
  }

  /** Lets the turn end. */
  async settle(): Promise<void> {
    const { number } = this.#turn;
    for (let looks = 0; looks < 20 && this.#turn.number === number; looks++) await nextTurn();
  }
}

function accountOf(chat: Chat, name: string, isAlwaysOn = false): Account {
  const { key } = nick(name);
  const account: Account = {
    id: chat.nextAccountId,
    name,
    key,
    createdAt: 0,
    credentials: undefined,
    fingerprints: new Set(),
    nicks: new Map([[key, name]]),
    suspension: undefined,
    settings: { ...DEFAULT_ACCOUNT_SETTINGS, isAlwaysOn },
    lastSeenAt: 0,
  };
  chat.addAccount(account);
  return account;
}

const step = fc.record({
  what: fc.constantFrom('say', 'say', 'say', 'tell', 'join', 'part', 'kick', 'open', 'close', 'settle'),
  who: fc.nat(7),
  room: fc.nat(1),
});

// Whatever happens in whatever order within a turn or over several, a device is told all that is said where its person
// is, from its own arrival to its end, once and in order.
test('each device of somebody is told everything once, in order, whatever the others do', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
      const party = new Party(t);
      const account = accountOf(party.chat, 'alan', true);
      const first = party.named('alan', account);
      const devices = [first];
      const beth = party.named('beth');
      const everyone = (): FakeDevice[] => [...devices, beth].filter(({ isOpen }) => isOpen);
      for (const { what, who, room: index } of steps) {
        const room = ROOMS[index]!;
        const actors = everyone();
        const actor = actors[who % actors.length]!;
        const isMember = (device: FakeDevice): boolean =>
          party.chat.sessions.get(device.session)?.rooms.has(room.key) === true;
        if (what === 'say' && isMember(actor)) {
          const before = everyone().filter(isMember);
          assert.ok(party.act(actor, say, { room: room.key, manner: 'speech', text: 'x' }));
          for (const device of before) device.expected += actor.lastSaid;
        } else if (what === 'tell') {
          const to = actor === beth ? 'alan' : 'beth';
          assert.ok(party.act(actor, tell, { to, manner: 'speech', text: 'x' }));
          for (const device of everyone()) device.expected += actor.lastSaid;
        } else if (what === 'join') party.act(actor, join, { room });
        else if (what === 'part') party.act(actor, part, { room: room.key, reason: '' });
        else if (what === 'kick') {
          party.act(actor, kick, { room: room.key, name: actor === beth ? 'alan' : 'beth', reason: '' });
        } else if (what === 'open' && devices.filter(({ isOpen }) => isOpen).length < 3) {
          const device = party.open();
          assert.ok(party.attachTo(device, first.session));
          devices.push(device);
        } else if (what === 'close' && actor !== beth) party.close(actor);
        else if (what === 'settle') await party.settle();
      }
      await party.settle();
      for (const device of [...devices, beth]) {
        // A connection that is gone is not written to; how much it got depends on when it went.
        if (device.isOpen) assert.equal(device.received, device.expected, device.id);
      }
      const { devices: here } = party.chat.sessions.get(first.session)!;
      assert.deepEqual(
        [...here.keys()],
        devices.filter(({ isOpen }) => isOpen).map(({ id }) => id),
      );
    }),
    { numRuns: 150 },
  );
});
