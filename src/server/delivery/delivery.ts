import type { Rendering } from '../../dialects/dialect.ts';
import type { Attended, Audience, Event, RoomRenamed } from '../../domain/event.ts';
import type { Role } from '../../domain/role.ts';
import type { RoomName } from '../../domain/room-name.ts';
import type { SessionId } from '../../domain/session.ts';
import { PieceLog, type Piece } from './piece-log.ts';
import { Place } from './place.ts';
import type { Recipient } from './recipient.ts';

type ToRooms = Audience & { readonly kind: 'rooms' };
/** Those who learn of an event in another way than everybody else. */
interface ToldOtherwise {
  /** The devices of its author. */
  readonly own: readonly Recipient[];
  /** Those of whoever it was done to. */
  readonly affected: readonly Recipient[];
  /** Those who were told already, for another room; undefined when there is but one. */
  readonly already: Set<Recipient> | undefined;
}
/** Those in a room who share a rendering, and the log of what they all are sent. */
interface Group {
  room: RoomName;
  readonly log: PieceLog;
  readonly places: Map<Recipient, Place>;
}
/** Those in a room, by rendering. */
interface RoomGroups {
  readonly groups: Map<Rendering, Group>;
  size: number;
}

/** Who comes and goes. In a large room this may wait a little, so that a storm of it is few writes. */
const PRESENCE: ReadonlySet<Event['kind']> = new Set([
  'away-set',
  'disconnected',
  'host-changed',
  'joined',
  'parted',
  'real-name-set',
  'renamed',
]);
const NO_DEVICES: readonly Recipient[] = [];

/** Whether the other devices of whoever did something are to be told; what is for oneself they get as everybody does. */
function isMirrored(event: Event): boolean {
  if (event.kind === 'away-set' || event.kind === 'marked-read' || event.kind === 'metadata-set') return event.isNews;
  const isToPerson = event.kind === 'told' || (event.kind === 'annotated' && 'session' in event.to);
  return !isToPerson || !('session' in event.to) || event.to.session !== event.by.session;
}

/** The id of what somebody said, if it is kept. */
function keptIdOf(event: Event): string | undefined {
  return (event.kind === 'said' || event.kind === 'told') && event.isKept ? event.id : undefined;
}

/** A room with more people than this is a large one. */
const LARGE_ROOM = 100;

/**
 * Brings events to everybody on this server who is to be told. Each event is rendered once for each rendering that has
 * a recipient, and noted once for each room and rendering; what a recipient gets in one loop turn leaves in one write,
 * and recipients of the same pieces share the joined bytes.
 */
export class Delivery {
  /** The devices of each session; none for one that goes on without. */
  readonly #devices = new Map<SessionId, Recipient[]>();
  readonly #rooms = new Map<RoomName, RoomGroups>();
  /** Groups whose logs hold something. */
  #changed: Group[] = [];
  /** Recipients for whom alone there is something. */
  #withOwn: Recipient[] = [];
  #sequence = 0;

  readonly #hasRole: (room: RoomName, session: SessionId, role: Role) => boolean;

  /** @param hasRole whether somebody has a role in a room, for what only some of a room are told. */
  constructor(hasRole: (room: RoomName, session: SessionId, role: Role) => boolean) {
    this.#hasRole = hasRole;
  }

  add(recipient: Recipient): void {
    const devices = this.#devices.get(recipient.session);
    if (devices === undefined) this.#devices.set(recipient.session, [recipient]);
    else devices.push(recipient);
  }

  remove(recipient: Recipient): void {
    this.#takeDevice(recipient);
    for (const room of recipient.rooms.keys()) this.#takeOut(room, recipient);
  }

  /** A recipient goes: it gets what it was to be told so far, and what it alone is sent, and no more. */
  retire(recipient: Recipient): void {
    this.#takeDevice(recipient);
    this.leaveRooms(recipient);
  }

  #takeDevice(recipient: Recipient): void {
    const others = this.#devicesOf(recipient.session).filter((device) => device !== recipient);
    if (others.length === 0) this.#devices.delete(recipient.session);
    else this.#devices.set(recipient.session, others);
  }

  /** A recipient gets what its rooms were told so far, and no more. */
  leaveRooms(recipient: Recipient): void {
    for (const room of recipient.rooms.keys()) this.#leave(room, recipient);
  }

  /**
   * Queues an event for everybody who is to be told of it.
   * @param author the device that it was done with, which has witnessed it.
   */
  publish(event: Event, author: Recipient | undefined): void {
    const own = this.#devicesOf(event.by.session);
    if (event.kind === 'room-renamed') return this.#renameRoom(event, author);
    if (event.kind === 'joined') for (const device of own) this.#enter(event.room, device);
    if (event.kind === 'attended' && author !== undefined) this.#move(author, event);
    const affected = 'whom' in event ? this.#devicesOf(event.whom.session) : NO_DEVICES;
    const { audience } = event;
    if (audience.kind === 'sessions') this.#publishToSessions(event, audience.sessions);
    else {
      const already = audience.rooms.length > 1 ? new Set<Recipient>() : undefined;
      for (const room of audience.rooms) this.#publishToRoom(event, room, audience, { own, affected, already });
    }
    if (event.kind === 'parted') for (const device of own) this.#leave(event.room, device);
    if (event.kind === 'kicked') for (const device of affected) this.#leave(event.room, device);
    // What somebody is made to do they do once.
    const told = event.kind === 'summoned' ? affected.slice(0, 1) : affected;
    for (const device of told) device.dialect.affected(event);
    for (const device of own) if (device !== author && isMirrored(event)) device.dialect.mirrored(event);
  }

  /** A room has another name. What its people are told of that depends on what each of them knows. */
  #renameRoom(event: RoomRenamed, author: Recipient | undefined): void {
    const [from, to] = [event.oldName.key, event.newName.key];
    const people = this.#rooms.get(from);
    if (people === undefined) return;
    this.#rooms.delete(from);
    this.#rooms.set(to, people);
    for (const group of people.groups.values()) group.room = to;
    const told = [...people.groups].flatMap(([rendering, { places }]) =>
      [...places].map(([recipient, place]) => ({ rendering, recipient, place })),
    );
    for (const { recipient, place } of told) {
      recipient.rooms.delete(from);
      recipient.rooms.set(to, place);
    }
    for (const { rendering, recipient } of told) {
      if (recipient !== author) recipient.dialect.affected(event);
      // It may have been asked to be told otherwise since, under the new name.
      if (recipient.dialect.renderingFor(to) !== rendering) this.changeRendering(to, recipient);
    }
  }

  /** A recipient is a device of another session from now on. What it was to be sent so far it gets all the same. */
  #move(recipient: Recipient, { by, rooms }: Attended): void {
    // It may have gone in the same turn.
    if (!this.#devicesOf(recipient.session).includes(recipient)) return;
    this.leaveRooms(recipient);
    this.remove(recipient);
    recipient.session = by.session;
    this.add(recipient);
    for (const room of rooms) this.#enter(room, recipient);
  }

  #devicesOf(session: SessionId): readonly Recipient[] {
    return this.#devices.get(session) ?? NO_DEVICES;
  }

  /** Queues bytes for one recipient. */
  send(recipient: Recipient, piece: Piece): void {
    this.#push(recipient, piece);
  }

  /** Asks anew how a recipient is to be told of a room. */
  changeRendering(room: RoomName, recipient: Recipient): void {
    if (!recipient.rooms.has(room)) return;
    this.#leave(room, recipient);
    this.#enter(room, recipient);
  }

  /**
   * Writes what was queued: one write for each recipient. Those for whom there is nothing but what may wait are left for
   * later, unless their time has come. True if there are such.
   */
  flush(hasWaitedEnough: boolean): boolean {
    const changed = this.#changed;
    const withOwn = this.#withOwn;
    const due = hasWaitedEnough ? changed : changed.filter(({ log }) => !log.isPatient);
    const isOneRoom = due.length === changed.length && due.every(({ room }) => room === due[0]?.room);
    if (isOneRoom) this.#flushRoom(due, hasWaitedEnough);
    else this.#flushMixed(due, hasWaitedEnough);
    for (const { log } of due) log.clear();
    this.#changed = due === changed ? [] : changed.filter(({ log }) => log.end > log.start);
    this.#withOwn = withOwn.filter((recipient) => recipient.hasOwn);
    return this.#changed.length > 0 || this.#withOwn.length > 0;
  }

  /** When no more than one room has news: nobody follows two of its logs, so most can be written to as they are met. */
  #flushRoom(due: readonly Group[], hasWaitedEnough: boolean): void {
    const room = due[0]?.room;
    for (const recipient of this.#withOwn) {
      if (!hasWaitedEnough && !recipient.hasUrgentOwn) continue;
      const place = room === undefined ? undefined : recipient.rooms.get(room);
      if (place?.hasNews === true) recipient.news.push(place);
      recipient.flush();
    }
    for (const { log, places } of due) {
      const all = log.hasLongAnswers ? undefined : log.slice(log.start, log.end);
      for (const [recipient, place] of places) {
        if (recipient.hasOwn) {
          recipient.news.push(place);
          recipient.flush();
        } else if (all === undefined || !place.wantsAll || !recipient.writeAtOnce(all)) recipient.flushOne(place);
      }
    }
  }

  #flushMixed(due: readonly Group[], hasWaitedEnough: boolean): void {
    const recipients = this.#withOwn.filter((recipient) => hasWaitedEnough || recipient.hasUrgentOwn);
    for (const recipient of recipients) recipient.isDue = true;
    for (const { places } of due) {
      for (const [recipient, place] of places) {
        recipient.news.push(place);
        if (recipient.isDue) continue;
        recipient.isDue = true;
        recipients.push(recipient);
      }
    }
    const hasPatient = due.length < this.#changed.length;
    for (const recipient of recipients) {
      if (hasPatient) recipient.addEarlierNews();
      recipient.flush();
    }
  }

  #publishToRoom(event: Event, room: RoomName, audience: ToRooms, told: ToldOtherwise): void {
    const people = this.#rooms.get(room);
    if (people === undefined) return;
    const messages = event.kind === 'said' ? 1 : 0;
    const keptId = keptIdOf(event);
    const isPatient = people.size > LARGE_ROOM && PRESENCE.has(event.kind);
    const atLeast = audience.quietIn?.has(room) === true ? 'voice' : audience.atLeast;
    for (const [rendering, group] of people.groups) {
      const bytes = rendering.render(event);
      if (bytes === undefined) continue;
      const piece: Piece = { bytes, messages, keptId, isPatient };
      if (atLeast !== undefined) this.#pushToSome(piece, room, atLeast, group.places, told);
      else if (audience.rooms.length > 1) this.#pushOnce(piece, group, told);
      else {
        this.#pushToAll(piece, group);
        for (const device of told.own) group.places.get(device)?.omitLast();
        for (const device of told.affected) if (!told.own.includes(device)) group.places.get(device)?.omitLast();
      }
    }
  }

  #pushToAll(piece: Piece, group: Group): void {
    const { log } = group;
    if (log.end === log.start) this.#changed.push(group);
    log.push(piece, this.#sequence++);
  }

  /** To those of a group who have a role. */
  #pushToSome(piece: Piece, room: RoomName, role: Role, places: Group['places'], told: ToldOtherwise): void {
    for (const recipient of places.keys()) {
      const isTold = told.own.includes(recipient) || told.affected.includes(recipient);
      if (isTold || told.already?.has(recipient) === true) continue;
      if (!this.#hasRole(room, recipient.session, role)) continue;
      this.#push(recipient, piece);
      told.already?.add(recipient);
    }
  }

  /** To those of a group who have not been sent the event for another of its rooms. */
  #pushOnce(piece: Piece, group: Group, told: ToldOtherwise): void {
    const { places } = group;
    const [fresh, others]: [Recipient[], Place[]] = [[], []];
    for (const [recipient, place] of places) {
      const isOwn = told.own.includes(recipient) || told.affected.includes(recipient);
      const isTold = isOwn || told.already?.has(recipient) === true;
      if (isTold) others.push(place);
      else fresh.push(recipient);
    }
    for (const recipient of fresh) told.already?.add(recipient);
    if (fresh.length < others.length) {
      for (const recipient of fresh) this.#push(recipient, piece);
    } else {
      this.#pushToAll(piece, group);
      for (const place of others) place.omitLast();
    }
  }

  #publishToSessions(event: Event, sessions: readonly SessionId[]): void {
    for (const session of sessions) {
      for (const recipient of this.#devicesOf(session)) {
        // What these are told of each has asked for on its own.
        if (event.kind === 'watched' || event.kind === 'metadata-set') recipient.dialect.affected(event);
        else {
          const bytes = recipient.dialect.rendering.render(event);
          if (bytes !== undefined)
            this.#push(recipient, { bytes, messages: event.kind === 'told' ? 1 : 0, keptId: keptIdOf(event) });
        }
      }
    }
  }

  #push(recipient: Recipient, piece: Piece): void {
    if (recipient.push(piece, this.#sequence++)) this.#withOwn.push(recipient);
  }

  #enter(room: RoomName, recipient: Recipient): void {
    if (recipient.rooms.has(room)) return;
    const rendering = recipient.dialect.renderingFor(room);
    let people = this.#rooms.get(room);
    if (people === undefined) this.#rooms.set(room, (people = { groups: new Map(), size: 0 }));
    let group = people.groups.get(rendering);
    if (group === undefined) {
      people.groups.set(rendering, (group = { room, log: new PieceLog(), places: new Map() }));
    }
    const place = new Place(group.log);
    group.places.set(recipient, place);
    recipient.rooms.set(room, place);
    people.size++;
  }

  #leave(room: RoomName, recipient: Recipient): void {
    const place = this.#takeOut(room, recipient);
    if (place !== undefined && recipient.leave(place)) this.#withOwn.push(recipient);
  }

  #takeOut(room: RoomName, recipient: Recipient): Place | undefined {
    const place = recipient.rooms.get(room);
    const people = this.#rooms.get(room);
    if (place === undefined || people === undefined) return undefined;
    recipient.rooms.delete(room);
    people.size--;
    for (const [rendering, { log, places }] of people.groups) {
      if (log !== place.log) continue;
      places.delete(recipient);
      if (places.size === 0) people.groups.delete(rendering);
    }
    if (people.size === 0) this.#rooms.delete(room);
    return place;
  }
}
