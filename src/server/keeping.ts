import type { Chat } from '../domain/chat.ts';
import { mustBeKept, type KeptEvent } from '../domain/keeping.ts';
import { serverBanKey } from '../domain/server-ban.ts';
import type { Storage } from '../storage/storage.ts';
import { StorageFault } from '../storage/storage-fault.ts';

/** How long after a failure it is tried whether the storage works again, in milliseconds. */
const RETRY_MS = 1000;

/** Accounts and rooms whose changes are remembered while the storage does not work. */
const MAX_OWED = 20_000;

/** Told when the storage stops working, and when it works again. */
export interface KeepingWatcher {
  failed(fault: StorageFault): void;
  recovered(): void;
}

/**
 * Keeps a turn's events in one transaction. While the storage does not work, what must be kept is refused beforehand,
 * and everything else goes on; changes to accounts that were made already are written as soon as it works again.
 */
export class Keeping {
  readonly #storage: Storage;
  readonly #chat: Chat;
  readonly #watcher: KeepingWatcher;
  #pending: KeptEvent[] = [];
  /** What is true already and still has to be written, by what it is about. */
  readonly #owed = new Map<string, KeptEvent>();
  #isFailing = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(storage: Storage, chat: Chat, watcher: KeepingWatcher) {
    this.#storage = storage;
    this.#chat = chat;
    this.#watcher = watcher;
  }

  get isFailing(): boolean {
    return this.#isFailing;
  }

  get hasPending(): boolean {
    return this.#pending.length > 0;
  }

  /** Notes an event for the next commit. */
  add(event: KeptEvent): void {
    this.#pending.push(event);
  }

  /** Makes durable what was noted. False if it could not be done: what must be kept has not happened then. */
  commit(): boolean {
    const events = this.#pending;
    this.#pending = [];
    if (!this.#storage.isOpen) return false;
    if (this.#isFailing) {
      this.#owe(events);
      return !events.some(mustBeKept);
    }
    try {
      this.#storage.keep(events, this.#chat);
      return true;
    } catch (error) {
      const fault = StorageFault.from(error);
      this.#owe(events);
      this.#isFailing = true;
      this.#timer = setInterval(() => this.#retry(), RETRY_MS).unref();
      this.#watcher.failed(fault);
      return false;
    }
  }

  /** Whoever is told of an account or a room that was not kept is told so; but it is there, and stays. */
  #owe(events: readonly KeptEvent[]): void {
    for (const event of events) {
      const what = owedFor(event);
      if (what === undefined) continue;
      // What is written is how it is then, so that the last event stands for those before it.
      this.#owed.delete(what);
      if (this.#owed.size < MAX_OWED) this.#owed.set(what, event);
    }
  }

  #retry(): void {
    if (!this.#storage.isOpen) return clearInterval(this.#timer);
    if (!this.#storage.probe()) return;
    try {
      this.#storage.catchUp([...this.#owed.values()], this.#chat);
    } catch (error) {
      StorageFault.from(error);
      return;
    }
    this.#owed.clear();
    this.#isFailing = false;
    clearInterval(this.#timer);
    this.#watcher.recovered();
  }
}

/** What an event is about that must be written later if it cannot be now; undefined when nothing is lost by that. */
function owedFor(event: KeptEvent): string | undefined {
  switch (event.kind) {
    case 'account-changed':
    case 'account-removed':
      return `account ${event.account.id}`;
    case 'modes-set':
    case 'room-dropped':
    case 'room-registered':
    case 'room-registration-changed':
      return `${event.kind} ${event.room}`;
    case 'room-closed':
      return event.wasRestricted ? `${event.kind} ${event.room}` : undefined;
    case 'server-ban-lifted':
    case 'server-banned':
      return `server ban ${serverBanKey(event.ban.kind, event.ban.mask)}`;
    case 'metadata-set':
      return `${event.kind} ${event.owner}`;
    case 'room-renamed':
      // One after the other, for a name may change more than once.
      return `${event.kind} ${event.id}`;
    case 'annotated':
    case 'attended':
    case 'away-set':
    case 'disconnected':
    case 'flags-set':
    case 'introduced':
    case 'joined':
    case 'kicked':
    case 'logged-in':
    case 'marked-read':
    case 'marked-seen':
    case 'parted':
    case 'real-name-set':
    case 'redacted':
    case 'renamed':
    case 'said':
    case 'told':
    case 'topic-set':
    case 'unattended':
      return undefined;
  }
}
