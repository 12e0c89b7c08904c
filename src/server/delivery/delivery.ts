import type { Rendering } from '../../dialects/dialect.ts';
import type { Audience, Event } from '../../domain/event.ts';
import type { Role } from '../../domain/role.ts';
import type { RoomName } from '../../domain/room-name.ts';
import type { SessionId } from '../../domain/session.ts';
import { QueuedPieces, type Piece } from './queued-pieces.ts';
import type { Recipient } from './recipient.ts';

type ToRooms = Audience & { readonly kind: 'rooms' };
/** Those who learn of an event in another way than everybody else. */
interface ToldOtherwise {
  readonly author: Recipient | undefined;
  /** Whoever it was done to. */
  readonly affected: Recipient | undefined;
}
type Recipients = Map<Rendering, Set<Recipient>>;

/** Who comes and goes. In a large room this may wait a little, so that a storm of it is few writes. */
const PRESENCE: ReadonlySet<Event['kind']> = new Set([
  'away-set',
  'disconnected',
  'joined',
  'parted',
  'real-name-set',
  'renamed',
]);
/** A room with more people than this is a large one. */
const LARGE_ROOM = 100;

function isLarge(audience: Recipients): boolean {
  let people = 0;
  for (const recipients of audience.values()) people += recipients.size;
  return people > LARGE_ROOM;
}

/**
 * Brings events to everybody on this server who is to be told. Each event is rendered once for each rendering that has
 * a recipient; what a recipient gets in one loop turn leaves in one write, and recipients of the same pieces share the
 * joined bytes.
 */
export class Delivery {
  readonly #recipients = new Map<SessionId, Recipient>();
  readonly #rooms = new Map<RoomName, Recipients>();
  readonly #maxQueuedBytes: number;
  #nothing: QueuedPieces;
  #waiting: Recipient[] = [];

  readonly #hasRole: (room: RoomName, session: SessionId, role: Role) => boolean;

  /**
   * @param maxQueuedBytes what may wait for one recipient that does not read, in bytes.
   * @param hasRole whether somebody has a role in a room, for what only some of a room are told.
   */
  constructor(maxQueuedBytes: number, hasRole: (room: RoomName, session: SessionId, role: Role) => boolean) {
    this.#hasRole = hasRole;
    this.#maxQueuedBytes = maxQueuedBytes;
    this.#nothing = QueuedPieces.none(maxQueuedBytes);
  }

  add(recipient: Recipient): void {
    this.#recipients.set(recipient.session, recipient);
  }

  remove(recipient: Recipient): void {
    this.#recipients.delete(recipient.session);
    for (const room of recipient.rooms.keys()) this.#leave(room, recipient);
  }

  /** Queues an event for everybody who is to be told of it. */
  publish(event: Event): void {
    const author = this.#recipients.get(event.by.session);
    if (event.kind === 'joined' && author !== undefined) this.#enter(event.room, author);
    const affected = 'whom' in event ? this.#recipients.get(event.whom.session) : undefined;
    const { audience } = event;
    if (audience.kind === 'sessions') this.#publishToSessions(event, audience.sessions);
    else for (const room of audience.rooms) this.#publishToRoom(event, room, audience, { author, affected });
    if (event.kind === 'parted' && author !== undefined) this.#leave(event.room, author);
    if (event.kind === 'kicked' && affected !== undefined) this.#leave(event.room, affected);
    affected?.dialect.affected(event);
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
    const waiting = this.#waiting;
    if (waiting.length === 0) return false;
    this.#waiting = hasWaitedEnough ? [] : waiting.filter(({ queued }) => queued?.isPatient === true);
    if (this.#waiting.length === 0) this.#nothing = QueuedPieces.none(this.#maxQueuedBytes);
    for (const recipient of waiting) {
      if (hasWaitedEnough || recipient.queued?.isPatient !== true) recipient.flush();
    }
    return this.#waiting.length > 0;
  }

  #publishToRoom(event: Event, room: RoomName, { rooms, atLeast }: ToRooms, told: ToldOtherwise): void {
    const audience = this.#rooms.get(room);
    if (audience === undefined) return;
    const { author, affected } = told;
    const mayMeetTwice = rooms.length > 1;
    const messages = event.kind === 'said' ? 1 : 0;
    const isPatient = PRESENCE.has(event.kind) && isLarge(audience);
    for (const [rendering, recipients] of audience) {
      const bytes = rendering.render(event);
      if (bytes === undefined) continue;
      const piece: Piece = { bytes, messages, isPatient };
      for (const recipient of recipients) {
        if (recipient === author || recipient === affected) continue;
        if (atLeast !== undefined && !this.#hasRole(room, recipient.session, atLeast)) continue;
        if (mayMeetTwice) {
          if (recipient.lastEvent === event) continue;
          recipient.lastEvent = event;
        }
        this.#push(recipient, piece);
      }
    }
  }

  #publishToSessions(event: Event, sessions: readonly SessionId[]): void {
    for (const session of sessions) {
      const recipient = this.#recipients.get(session);
      if (event.kind === 'watched') {
        recipient?.dialect.affected(event);
        continue;
      }
      const bytes = recipient?.dialect.rendering.render(event);
      if (recipient === undefined || bytes === undefined) continue;
      this.#push(recipient, { bytes, messages: event.kind === 'told' ? 1 : 0 });
    }
  }

  #push(recipient: Recipient, piece: Piece): void {
    const { queued } = recipient;
    if (queued === undefined) {
      this.#waiting.push(recipient);
      recipient.queued = this.#nothing.plus(piece);
    } else recipient.queued = queued.plus(piece);
  }

  #enter(room: RoomName, recipient: Recipient): void {
    const rendering = recipient.dialect.renderingFor(room);
    let audience = this.#rooms.get(room);
    if (audience === undefined) this.#rooms.set(room, (audience = new Map()));
    let recipients = audience.get(rendering);
    if (recipients === undefined) audience.set(rendering, (recipients = new Set()));
    recipients.add(recipient);
    recipient.rooms.set(room, rendering);
  }

  #leave(room: RoomName, recipient: Recipient): void {
    const rendering = recipient.rooms.get(room);
    const audience = this.#rooms.get(room);
    if (rendering === undefined || audience === undefined) return;
    recipient.rooms.delete(room);
    const recipients = audience.get(rendering);
    recipients?.delete(recipient);
    if (recipients?.size === 0) audience.delete(rendering);
    if (audience.size === 0) this.#rooms.delete(room);
  }
}
