import { pino, type Logger } from 'pino';
import type { Said } from '../domain/event.ts';
import { showable } from '../protocol/plain/text.ts';
import type { RemoteAddress } from '../transports/address.ts';

/** What the operator is told of. */
export interface Journal {
  /** Whether what is said in rooms is to be told too. Private messages never are. */
  readonly tellsMessages: boolean;
  connected(remote: RemoteAddress, protocol: string): void;
  turnedAway(remote: RemoteAddress, reason: string): void;
  disconnected(remote: RemoteAddress): void;
  said(remote: RemoteAddress, event: Said): void;
  /** Something went wrong that was ours; `code` is stable, for searching. */
  fault(code: string, fault: unknown, remote: RemoteAddress | undefined): void;
  note(text: string, facts?: Readonly<Record<string, unknown>>): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

function addressText(remote: RemoteAddress): string {
  if (remote.kind === 'unix') return `local:${remote.number}`;
  return remote.address.includes(':') ? `[${remote.address}]:${remote.port}` : `${remote.address}:${remote.port}`;
}

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent'];

/** Lines for a person at a terminal, as the first chat server wrote them. */
export class TerminalJournal implements Journal {
  readonly tellsMessages: boolean;
  readonly #write: (text: string) => void;
  readonly #level: number;
  readonly #dim: (text: string) => string;

  constructor(options: {
    readonly write: (text: string) => void;
    readonly level: LogLevel;
    readonly hasColours: boolean;
    readonly tellsMessages: boolean;
  }) {
    this.#write = options.write;
    this.#level = LEVELS.indexOf(options.level);
    this.#dim = options.hasColours ? (text) => `\u001b[2m${text}\u001b[22m` : (text) => text;
    this.tellsMessages = options.tellsMessages;
  }

  connected(remote: RemoteAddress): void {
    const where = remote.kind === 'unix' ? `'local', ${remote.number}` : `'${remote.address}', ${remote.port}`;
    this.#line('info', this.#dim(`Got Connection from (${where})`));
  }

  turnedAway(remote: RemoteAddress, reason: string): void {
    this.#line('info', this.#dim(`Turned away ${addressText(remote)}: ${reason}`));
  }

  disconnected(remote: RemoteAddress): void {
    this.#line('debug', this.#dim(`Lost Connection from ${addressText(remote)}`));
  }

  said(remote: RemoteAddress, event: Said): void {
    const name = event.by.isNamed ? ` ${event.by.name}` : '';
    const text = event.manner === 'deed' ? `* ${event.text}` : event.text;
    this.#line('info', `[ ${addressText(remote)}${name} ] :${showable(text)}`);
  }

  fault(code: string, fault: unknown, remote: RemoteAddress | undefined): void {
    const where = remote === undefined ? '' : ` (connection from ${addressText(remote)} closed)`;
    const stack = fault instanceof Error ? fault.stack : String(fault);
    this.#line('error', `fault ${code}${where}: ${stack}`);
  }

  note(text: string): void {
    this.#line('info', text);
  }

  #line(level: LogLevel, text: string): void {
    if (LEVELS.indexOf(level) >= this.#level) this.#write(`${text}\n`);
  }
}

/** One JSON object a line, for whatever collects logs. */
export class JsonJournal implements Journal {
  readonly tellsMessages: boolean;
  readonly #log: Logger;

  constructor(options: {
    readonly write: (text: string) => void;
    readonly level: LogLevel;
    readonly tellsMessages: boolean;
  }) {
    this.tellsMessages = options.tellsMessages;
    this.#log = pino({ level: options.level, base: null }, { write: options.write });
  }

  connected(remote: RemoteAddress, protocol: string): void {
    this.#log.info({ remote: addressText(remote), protocol }, 'connected');
  }

  turnedAway(remote: RemoteAddress, reason: string): void {
    this.#log.info({ remote: addressText(remote), reason }, 'turned away');
  }

  disconnected(remote: RemoteAddress): void {
    this.#log.debug({ remote: addressText(remote) }, 'disconnected');
  }

  said(remote: RemoteAddress, event: Said): void {
    const { id, room, manner, text, by } = event;
    this.#log.info({ remote: addressText(remote), room, by: by.name, id, manner, text }, 'said');
  }

  fault(code: string, fault: unknown, remote: RemoteAddress | undefined): void {
    this.#log.error({ code, err: fault, remote: remote === undefined ? undefined : addressText(remote) }, 'fault');
  }

  note(text: string, facts: Readonly<Record<string, unknown>> = {}): void {
    this.#log.info(facts, text);
  }
}
