import type { DialectSession, Rendering } from '../../dialects/dialect.ts';
import type { RoomName } from '../../domain/room-name.ts';
import type { SessionId } from '../../domain/session.ts';
import type { Connection } from '../../transports/connection.ts';
import type { Piece, QueuedPieces } from './queued-pieces.ts';

/** The sending side of one session: what it is sent this turn, and what to do when it does not read. */
export class Recipient {
  readonly session: SessionId;
  readonly dialect: DialectSession;
  readonly #connection: Connection;
  readonly #maxQueuedBytes: number;
  /** The rooms it is told of, and how. */
  readonly rooms = new Map<RoomName, Rendering>();
  /** This turn's pieces; undefined when there are none. */
  queued: QueuedPieces | undefined;
  /** The last event that it was a recipient of, so that one in two of an event's rooms gets it once. */
  lastEvent: unknown;
  #skippedMessages = 0;
  #isSkipping = false;

  constructor(session: SessionId, dialect: DialectSession, connection: Connection, maxQueuedBytes: number) {
    this.session = session;
    this.dialect = dialect;
    this.#connection = connection;
    this.#maxQueuedBytes = maxQueuedBytes;
  }

  /** Writes this turn's pieces, or skips them when the connection has more to take already than it may. */
  flush(): void {
    const { queued } = this;
    if (queued === undefined) return;
    this.queued = undefined;
    const { queuedBytes } = this.#connection;
    if (this.#isSkipping || (queuedBytes > 0 && queuedBytes + queued.bytes > this.#maxQueuedBytes)) {
      this.#skip(queued.messages + queued.skippedMessages);
      return;
    }
    if (queued.bytes > 0) this.#connection.write(queued.join());
    if (queued.skippedMessages > 0) this.#skip(queued.skippedMessages);
  }

  /** The connection has taken everything: tells of what was skipped. True if something is to be sent. */
  wake(): Piece | undefined {
    if (!this.#isSkipping) return undefined;
    const bytes = this.dialect.rendering.renderSkipped(this.#skippedMessages);
    this.#isSkipping = false;
    this.#skippedMessages = 0;
    return { bytes, messages: 0 };
  }

  #skip(messages: number): void {
    this.#isSkipping = true;
    this.#skippedMessages += messages;
  }
}
