import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DialectSession, Missed, Rendering } from '../../src/dialects/dialect.ts';
import type { Event } from '../../src/domain/event.ts';
import { parseRoomName, type RoomName } from '../../src/domain/room-name.ts';
import { sessionId } from '../../src/domain/session.ts';
import { Delivery } from '../../src/server/delivery/delivery.ts';
import { Recipient } from '../../src/server/delivery/recipient.ts';
import { fakeConnection } from '../support/fake-connection.ts';

function room(name: string): RoomName {
  const parsed = parseRoomName(name, 64);
  assert.ok(parsed.ok);
  return parsed.value.key;
}

const ROOMS = [room('#a'), room('#b'), room('#c')];
const PEOPLE = 5;
/** Enough others in the first room for it to be a large one, where presence may wait. */
const CROWD = 120;

/** Writes an event as its id in its own way, so that it can be seen who was sent what in which rendering. */
function rendering(mark: string): Rendering {
  return {
    render: (event) => Buffer.from(`${mark}${event.id}|`),
  };
}
const RENDERINGS = [rendering('x'), rendering('y')];

interface Person {
  readonly recipient: Recipient;
  readonly mark: string;
  readonly rooms: Set<RoomName>;
  expected: string;
  written: string;
}

function person(number: number, maxBytes = 1000): Person {
  const style = RENDERINGS[number % 2]!;
  const connection = fakeConnection((bytes) => (made.written += bytes.toString()));
  const missed = ({ messages }: Missed): Buffer => Buffer.from(`skipped${messages}|`);
  const dialect = { rendering: style, renderingFor: () => style, affected() {}, missed } as unknown as DialectSession;
  const made: Person = {
    recipient: new Recipient(sessionId(String(number)), dialect, connection, maxBytes),
    mark: number % 2 === 0 ? 'x' : 'y',
    rooms: new Set(),
    expected: '',
    written: '',
  };
  return made;
}

const step = fc.record({
  what: fc.constantFrom('say', 'say', 'whisper', 'join', 'part', 'rename', 'kick', 'send', 'flush', 'flush-all'),
  who: fc.nat(PEOPLE - 1),
  whom: fc.nat(PEOPLE - 1),
  where: fc.nat(ROOMS.length - 1),
});

// ARCHITECTURE.md, invariants 4 and 5: whatever is shared, everybody gets what is meant for them, once and in order.
test('whoever is told what in whichever turn, each is sent just that, in the order in which it happened', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const delivery = new Delivery((_, session) => Number(session) % 2 === 0);
      const people = Array.from({ length: PEOPLE }, (_, number) => person(number));
      const crowd = Array.from({ length: CROWD }, (_, number) => person(PEOPLE + number));
      let id = 0;
      const publish = (who: Person, more: object, told: (other: Person) => boolean): void => {
        const by = { session: who.recipient.session };
        const event = { id: String(++id), by, ...more } as unknown as Event;
        for (const other of people) if (other !== who && told(other)) other.expected += `${other.mark}${id}|`;
        delivery.publish(event, who.recipient);
      };
      for (const each of [...crowd, ...people]) delivery.add(each.recipient);
      const inRoom = (name: RoomName, more: object): object => ({
        audience: { kind: 'rooms', rooms: [name], ...more },
        room: name,
      });
      for (const each of crowd) publish(each, { kind: 'joined', ...inRoom(ROOMS[0]!, {}) }, () => false);
      for (const { what, who, whom, where } of steps) {
        const [actor, target, name] = [people[who]!, people[whom]!, ROOMS[where]!];
        const isHere = (other: Person): boolean => other.rooms.has(name);
        if (what === 'say') publish(actor, { kind: 'said', ...inRoom(name, {}) }, isHere);
        else if (what === 'whisper') {
          const isMeant = (other: Person): boolean => isHere(other) && other.mark === 'x';
          publish(actor, { kind: 'said', ...inRoom(name, { atLeast: 'voice' }) }, isMeant);
        } else if (what === 'join' && !isHere(actor)) {
          publish(actor, { kind: 'joined', ...inRoom(name, {}) }, isHere);
          actor.rooms.add(name);
        } else if (what === 'part' && isHere(actor)) {
          publish(actor, { kind: 'parted', ...inRoom(name, {}) }, isHere);
          actor.rooms.delete(name);
        } else if (what === 'kick' && isHere(target) && target !== actor) {
          const whomPersona = { session: target.recipient.session };
          publish(
            actor,
            { kind: 'kicked', whom: whomPersona, ...inRoom(name, {}) },
            (other) => isHere(other) && other !== target,
          );
          target.rooms.delete(name);
        } else if (what === 'rename') {
          const rooms = [...actor.rooms];
          const isMeant = (other: Person): boolean => rooms.some((each) => other.rooms.has(each));
          publish(actor, { kind: 'renamed', audience: { kind: 'rooms', rooms } }, isMeant);
        } else if (what === 'send') {
          actor.expected += `own${++id}|`;
          delivery.send(actor.recipient, { bytes: Buffer.from(`own${id}|`), messages: 0 });
        } else if (what === 'flush') delivery.flush(false);
        else if (what === 'flush-all') {
          delivery.flush(true);
          for (const each of people) assert.equal(each.written, each.expected);
        }
      }
      delivery.flush(true);
      for (const each of people) assert.equal(each.written, each.expected);
      assert.equal(delivery.flush(true), false, 'nothing is left');
    }),
    { numRuns: 1000 },
  );
});

test('recipients of the same pieces are sent the very same memory', () => {
  const delivery = new Delivery(() => false);
  const written: Buffer[] = [];
  for (let number = 0; number < 6; number += 2) {
    const { recipient } = person(number);
    const connection = fakeConnection((bytes) => written.push(bytes));
    const made = new Recipient(recipient.session, recipient.dialect, connection, 1000);
    delivery.add(made);
    const by = { session: made.session };
    const audience = { kind: 'rooms', rooms: [ROOMS[0]] };
    delivery.publish({ kind: 'joined', id: '', by, audience, room: ROOMS[0] } as unknown as Event, made);
  }
  delivery.flush(true);
  written.length = 0;
  for (const id of ['1', '2']) {
    const by = { session: sessionId('somebody') };
    const audience = { kind: 'rooms', rooms: [ROOMS[0]] };
    delivery.publish({ kind: 'said', id, by, audience, room: ROOMS[0] } as unknown as Event, undefined);
  }
  delivery.flush(false);
  assert.equal(written.length, 3);
  assert.equal(written[0]!.toString(), 'x1|x2|');
  assert.ok(written.every(({ buffer, byteOffset }) => buffer === written[0]!.buffer && byteOffset === 0));
});

test('what goes over the limit in one turn is left out and counted, and all behind it', () => {
  const delivery = new Delivery(() => false);
  const reader = person(0, 10);
  delivery.add(reader.recipient);
  const send = (text: string): void => delivery.send(reader.recipient, { bytes: Buffer.from(text), messages: 1 });
  for (const text of ['12345678', '90', '!', '?']) send(text);
  delivery.flush(false);
  assert.equal(reader.written, '1234567890skipped2|', 'the connection has taken it all, so it is told at once');
  send('a single piece over the limit is sent all the same');
  delivery.flush(false);
  assert.equal(reader.written.slice(19), 'a single piece over the limit is sent all the same');
});
