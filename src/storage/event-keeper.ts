import type { Chat } from '../domain/chat.ts';
import { accountIdentity, privateConversation, roomConversation } from '../domain/conversation.ts';
import type { Annotated, Event, Redacted, RoomClosed, RoomRenamed, Said, Told } from '../domain/event.ts';
import type { KeptEvent } from '../domain/keeping.ts';
import { nickKey } from '../domain/nick.ts';
import type { RoomName } from '../domain/room-name.ts';
import { isRestricted } from '../domain/room.ts';
import type { Conversation } from './conversation-table.ts';
import type { Happening } from './happening-table.ts';
import { sequenceOfEvent } from './message-table.ts';
import type { Tables } from './tables.ts';

/** Writes what is to be kept of what happens into the tables. Whoever calls it has begun a transaction. */
export class EventKeeper {
  readonly #tables: Tables;
  readonly #removed: (at: number) => void;
  /** The rooms that were closed by what is being kept, by that and their names. */
  readonly #closings = new Map<string, RoomClosed>();

  /** @param removed is told, with the time in milliseconds since 1970, when something that was kept is gone. */
  constructor(tables: Tables, removed: (at: number) => void) {
    this.#tables = tables;
    this.#removed = removed;
  }

  /** Keeps what has just happened, and who stays on. */
  keep(events: readonly KeptEvent[], chat: Chat): void {
    this.#closings.clear();
    for (const event of events) {
      if (event.kind === 'room-closed') this.#closings.set(`${event.id} ${event.room}`, event);
    }
    for (const event of events) {
      this.#keepOne(event, chat);
      this.#tables.stays.note(event, chat);
    }
    this.#tables.stays.write(chat);
  }

  /** Keeps what could not be kept when it happened; who stays on is written as they are now, for much may have changed. */
  catchUp(events: readonly KeptEvent[], chat: Chat): void {
    for (const event of events) this.#keepOne(event, chat);
    this.#tables.stays.writeAll(chat);
  }

  #keepOne(event: KeptEvent, chat: Chat): void {
    switch (event.kind) {
      case 'said':
      case 'told':
        return this.#tables.messages.insert(this.#conversationOf(event), event);
      case 'annotated':
        return this.#tables.happenings.insert(this.#conversationOf(event), event);
      case 'redacted':
        return this.#remove(event);
      case 'joined':
      case 'parted':
      case 'kicked':
        return this.#keepHappening(event, event.room, chat);
      case 'topic-set':
        this.#tables.rooms.put(chat.rooms.get(event.room));
        return this.#keepHappening(event, event.room, chat);
      case 'metadata-set':
        return this.#tables.metadata.put(event.owner, chat.metadata.of(event.owner));
      case 'room-registered':
      case 'room-registration-changed':
        this.#tables.metadata.put(event.room, chat.metadata.of(event.room));
        return this.#tables.rooms.put(chat.rooms.get(event.room));
      case 'room-dropped':
        this.#tables.metadata.delete(event.room);
        return this.#tables.rooms.delete(event.room);
      case 'room-renamed':
        return this.#renameRoom(event, chat);
      case 'modes-set': {
        this.#keepHappening(event, event.room, chat);
        const room = chat.roomThen(event.room);
        this.#tables.rooms.put(room);
        const isClosed = room !== undefined && isRestricted(room);
        return this.#tables.conversations.setRestricted(roomConversation(event.room), isClosed);
      }
      case 'disconnected':
        for (const room of event.rooms) this.#keepHappening(event, room, chat);
        return this.#keepLastSeen(event, chat);
      case 'renamed':
        for (const room of chat.sessions.get(event.by.session)?.rooms.keys() ?? [])
          this.#keepHappening(event, room, chat);
        return undefined;
      case 'room-closed':
        if (event.wasRestricted) this.#tables.conversations.close(roomConversation(event.room));
        return undefined;
      case 'logged-in': {
        const owner = accountIdentity(event.account.id);
        const said = chat.metadata.of(owner);
        if (said.size > 0) this.#tables.metadata.put(owner, said);
        return this.#tables.accounts.put(event.account);
      }
      case 'account-changed':
        return this.#tables.accounts.put(event.account);
      case 'account-removed':
        this.#tables.readMarkers.deleteOf(accountIdentity(event.account.id));
        this.#tables.metadata.delete(accountIdentity(event.account.id));
        this.#tables.seenMarks.deleteOf(accountIdentity(event.account.id));
        if (event.isErased) this.#tables.erasing.note(accountIdentity(event.account.id));
        return this.#tables.accounts.delete(event.account.id);
      case 'attended':
      case 'introduced':
      case 'unattended':
        return this.#keepLastSeen(event, chat);
      case 'away-set':
      case 'flags-set':
      case 'real-name-set':
        return undefined;
      case 'marked-read':
        return this.#tables.readMarkers.put(event);
      case 'marked-seen':
        return this.#tables.seenMarks.put(event);
      case 'server-banned':
        return this.#tables.serverBans.put(event.ban);
      case 'server-ban-lifted':
        return this.#tables.serverBans.delete(event.ban);
    }
  }

  /** What is kept of a room goes by its new name. */
  #renameRoom(event: RoomRenamed, chat: Chat): void {
    const { oldName, newName } = event;
    const [from, to] = [roomConversation(oldName.key), roomConversation(newName.key)];
    this.#tables.conversations.rename(from, to, newName.title);
    if (from !== to) {
      this.#tables.readMarkers.move(from, to);
      this.#tables.rooms.delete(oldName.key);
      this.#tables.metadata.delete(oldName.key);
    }
    if (chat.rooms.get(newName.key)?.registration !== undefined) {
      this.#tables.metadata.put(newName.key, chat.metadata.of(newName.key));
    }
    for (const room of chat.rooms.values()) {
      if (room.name === newName.key || room.forward?.key === newName.key) this.#tables.rooms.put(room);
    }
    this.#keepHappening(event, event.room, chat);
  }

  /**
   * Guests come and go in silence, in history too; so do those who do not want to be recorded, and so does whatever
   * happens in a room that keeps nothing.
   */
  #keepHappening(event: Happening, name: RoomName, chat: Chat): void {
    if (!event.by.isNamed || !chat.limits.keepsHistory) return;
    const { account } = event.by;
    if (account !== undefined && chat.accounts.get(nickKey(account))?.settings.isRecorded === false) return;
    // Whoever was the last one there has closed the room, and by now another one may have its name.
    const closed = this.#closings.get(`${event.id} ${name}`);
    const room = chat.roomThen(name);
    const isRecorded = closed?.wasRecorded ?? room?.flags.has('unrecorded') !== true;
    if (isRecorded) this.#tables.happenings.insert(this.#room(name, closed?.title ?? room?.title ?? name), event);
  }

  /** Takes a message away for good, and the reactions to it, or a reaction. */
  #remove(event: Redacted): void {
    const { message, at } = event;
    if (message.kind === 'gone') return;
    const conversation = this.#conversationOf(message);
    const sequence = sequenceOfEvent(message);
    if (message.kind === 'annotated') this.#tables.happenings.delete(conversation, sequence);
    else {
      this.#tables.messages.delete(sequence);
      this.#tables.happenings.deleteAbout(conversation, sequence);
    }
    // Whoever reads history later learns of it, unless they may not have known of the message.
    if (message.kind === 'told' || message.atLeast === undefined) this.#tables.happenings.insert(conversation, event);
    this.#removed(at);
  }

  #keepLastSeen({ by }: Event, chat: Chat): void {
    const account = by.account === undefined ? undefined : chat.accounts.get(nickKey(by.account));
    if (account !== undefined) this.#tables.accounts.put(account);
  }

  #conversationOf(event: Said | Told | Annotated): Conversation {
    const to = event.kind === 'said' ? event : event.to;
    if ('room' in to) return this.#room(to.room, to.title);
    return this.#tables.conversations.open(privateConversation(event.by.identity, to.identity), '');
  }

  #room(name: RoomName, title: string): Conversation {
    return this.#tables.conversations.open(roomConversation(name), title);
  }
}
