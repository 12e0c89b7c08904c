import type { Recognition } from '../protocol/first-line.ts';
import type { Connection, ConnectionHandler } from './connection.ts';

/** A protocol that may share a port with others. */
export interface Protocol {
  readonly name: string;
  recognize(firstBytes: Buffer): Recognition;
  /** Takes the connection over, with the bytes that have been read from it. */
  accept(connection: Connection, firstBytes: Buffer): void;
}

/** What detection needs. `fallback` gets whoever is silent or speaks none of the protocols. */
export interface DetectionTable {
  readonly protocols: readonly Protocol[];
  readonly fallback: Protocol;
  readonly silenceMs: number;
}

/** Long enough for any first line; whoever sends more without being recognised never will be. */
const MAX_FIRST_BYTES = 1024;
const EMPTY = Buffer.alloc(0);

/**
 * Looks at a connection's first bytes and gives it to the protocol they belong to.
 * @param bytes what has been read already.
 */
export function detect(connection: Connection, table: DetectionTable, bytes: Buffer = EMPTY): void {
  const [only] = table.protocols;
  if (only === undefined) return table.fallback.accept(connection, bytes);
  if (table.protocols.length === 1 && only === table.fallback) return only.accept(connection, bytes);
  const detection = new Detection(connection, table);
  connection.handler = detection;
  if (bytes.length > 0) detection.onData(bytes);
  return undefined;
}

class Detection implements ConnectionHandler {
  readonly #connection: Connection;
  readonly #table: DetectionTable;
  readonly #timer: NodeJS.Timeout;
  #bytes: Buffer = EMPTY;
  #isOver = false;

  constructor(connection: Connection, table: DetectionTable) {
    this.#connection = connection;
    this.#table = table;
    this.#timer = setTimeout(timeOut, table.silenceMs, this);
  }

  onData(chunk: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    const { protocols } = this.#table;
    let isOpen = false;
    for (const protocol of protocols) {
      const answer = protocol.recognize(this.#bytes);
      if (answer === 'yes') return this.#give(protocol);
      if (answer === 'maybe') isOpen = true;
    }
    if (!isOpen || this.#bytes.length > MAX_FIRST_BYTES) this.giveUp();
    else this.#timer.refresh();
  }

  giveUp(): void {
    this.#give(this.#table.fallback);
  }

  onEnd(): void {
    const connection = this.#connection;
    this.giveUp();
    connection.handler.onEnd();
  }

  onDrain(): void {}

  onClose(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  /** The time is up. What came meanwhile, and could not be read because the server was busy, is read first. */
  timeOut(): void {
    setImmediate(() => {
      if (!this.#isOver) this.giveUp();
    });
  }

  #give(protocol: Protocol): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    protocol.accept(this.#connection, this.#bytes);
  }
}

function timeOut(detection: Detection): void {
  detection.timeOut();
}
