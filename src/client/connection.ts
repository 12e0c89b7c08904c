import { connect, type Socket } from 'node:net';
import { Backoff } from './backoff.ts';
import { EchoCommands } from './echo-commands.ts';
import { IncomingText } from './incoming-text.ts';
import type { Target } from './target.ts';

/** What a client's owner is told. */
export interface ConnectionEvents {
  /** The connection stands, for the first time or again. */
  connected(isAgain: boolean): void;
  /** A line came, or what a server that ends no lines sent at once. */
  line(text: string): void;
  /** The server asks for something that is not to be shown while it is typed, or no longer does. */
  hidesTyping?(isHidden: boolean): void;
  /** There is no connection, and one is tried for again in so many milliseconds. */
  retrying(problem: string, retryMs: number): void;
  /** It is over. The problem is undefined when the server closed after we had said that we have no more to send. */
  ended(problem: string | undefined): void;
}

export interface ConnectionOptions {
  readonly target: Target;
  /** Whether a connection that is lost, or never stood, is tried for again. */
  readonly retries: boolean;
  readonly random?: () => number;
}

/** The silence after which what a server sent without a line end is taken to be a message, in milliseconds. */
const SILENCE_MS = 100;
/** A connection that stood this long was a good one: the next wait begins small again. */
const STABLE_MS = 5000;
/** Bytes that may wait to be sent before `send` asks for patience. */
const MAX_QUEUED_BYTES = 65_536;

/** A client's connection to a chat server, kept up over losses if it is to be. */
export class ClientConnection {
  readonly #options: ConnectionOptions;
  readonly #events: ConnectionEvents;
  readonly #backoff: Backoff;
  readonly #incoming = new IncomingText();
  readonly #echo = new EchoCommands();
  #socket: Socket | undefined;
  #isOpen = false;
  #wasOpen = false;
  #hasFinished = false;
  #isOver = false;
  #openedAt = 0;
  #silence: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: ConnectionOptions, events: ConnectionEvents) {
    this.#options = options;
    this.#events = events;
    this.#backoff = new Backoff(options.random ?? Math.random);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  start(): void {
    const { target } = this.#options;
    const socket = connect(target.kind === 'tcp' ? { host: target.host, port: target.port } : { path: target.path });
    let problem: string | undefined;
    this.#socket = socket;
    this.#incoming.reset();
    this.#echo.reset();
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 30_000);
    socket.once('connect', () => this.#opened());
    socket.on('data', (chunk) => this.#received(chunk));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      problem = problemText(error);
    });
    socket.once('close', () => this.#closed(problem));
  }

  /**
   * Sends a line. False when there is no connection: it was not sent.
   * @param end with CR LF, as TELNET has it, the server may ask for what is typed next to be hidden.
   */
  send(text: string, end: '\n' | '\r\n' = '\n'): boolean {
    if (!this.#isOpen || this.#hasFinished) return false;
    this.#socket?.write(`${text}${end}`);
    return true;
  }

  /** Settles when there is room for more to send. */
  async room(): Promise<void> {
    const socket = this.#socket;
    if (socket === undefined || socket.writableLength < MAX_QUEUED_BYTES) return;
    await new Promise<void>((resolve) => {
      socket.once('drain', resolve);
      socket.once('close', () => resolve());
    });
  }

  /** Says that no more will be sent; `ended` tells when the server has taken it all and closed. */
  finish(): void {
    this.#hasFinished = true;
    if (this.#isOpen) this.#socket?.end();
    else if (this.#retry !== undefined) this.#over('there was no connection');
  }

  /** Ends at once. */
  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#silence);
    this.#socket?.destroy();
  }

  #opened(): void {
    this.#isOpen = true;
    this.#openedAt = performance.now();
    this.#events.connected(this.#wasOpen);
    this.#wasOpen = true;
    if (this.#hasFinished) this.#socket?.end();
  }

  #received(chunk: Buffer): void {
    clearTimeout(this.#silence);
    const wasHidden = this.#echo.isHidden;
    const text = this.#echo.filter(chunk);
    if (this.#echo.isHidden !== wasHidden) this.#events.hidesTyping?.(!wasHidden);
    for (const line of this.#incoming.push(text)) this.#events.line(line);
    if (this.#incoming.isMidLine) this.#silence = setTimeout(() => this.#flush(), SILENCE_MS);
  }

  #flush(): void {
    for (const line of this.#incoming.takeRest()) this.#events.line(line);
  }

  #closed(problem: string | undefined): void {
    const wasOpen = this.#isOpen;
    this.#isOpen = false;
    clearTimeout(this.#silence);
    if (this.#isOver) return;
    if (this.#echo.isHidden) this.#events.hidesTyping?.(false);
    this.#flush();
    if (this.#hasFinished && wasOpen) return this.#over(problem);
    const why = problem ?? 'the server closed the connection';
    if (!this.#options.retries) return this.#over(why);
    if (wasOpen && performance.now() - this.#openedAt >= STABLE_MS) this.#backoff.reset();
    const retryMs = this.#backoff.next();
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.start();
    }, retryMs);
    this.#events.retrying(why, retryMs);
  }

  #over(problem: string | undefined): void {
    this.stop();
    this.#events.ended(problem);
  }
}

/** System errors in words. */
const PROBLEMS: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'no such host',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was cut',
  EHOSTUNREACH: 'no way to that host',
  ENETUNREACH: 'no way to that host',
  ENOENT: 'there is no such socket',
  ENOTFOUND: 'no such host',
  EPIPE: 'the connection was cut',
  ETIMEDOUT: 'no answer',
};

function problemText({ code = '', message }: NodeJS.ErrnoException): string {
  return PROBLEMS[code] ?? (code === '' ? message : code);
}
