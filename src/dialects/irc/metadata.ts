import { fullName } from '../../domain/mask.ts';
import type { MetadataEntries, MetadataKey } from '../../domain/metadata.ts';
import { MAX_SHOWN_MEMBERS } from '../../domain/metadata-events.ts';
import { seesMember, type Room } from '../../domain/room.ts';
import type { Session } from '../../domain/session.ts';
import { body, type OutgoingLine } from './line.ts';
import type { IrcSession } from './session.ts';
import { eachTimed } from './time-tag.ts';

/** Who may see a key: everybody (IRCv3 metadata, "METADATA server message"). */
export const VISIBILITY = '*';

/** IRCv3 metadata, "METADATA server message". @param value undefined when it is taken away. */
export function metadataLine(source: string, target: string, key: string, value: string | undefined): OutgoingLine {
  const head = body(source, 'METADATA', target, key, VISIBILITY);
  return { tags: [], body: value === undefined ? head : `${head} :${value}` };
}

/** Lines about a person or a channel (IRCv3 metadata, "Batch types"). */
export function sendMetadataBatch(irc: IrcSession, target: string, lines: Iterable<OutgoingLine>): void {
  irc.batch('metadata', [target], irc.has('server-time') ? eachTimed(lines) : lines);
}

/** "Upon requesting the capability, clients receive their non-transient metadata"; also when there is none. */
export function sendOwnMetadata(irc: IrcSession): void {
  const { me } = irc;
  if (me === undefined || !irc.has('draft/metadata-2')) return;
  const entries = irc.host.chat.metadata.of(me.persona.identity);
  sendMetadataBatch(irc, me.persona.name, ownLines(me, entries));
}

function* ownLines({ persona }: Session, entries: MetadataEntries): Generator<OutgoingLine> {
  for (const [key, value] of entries) yield metadataLine(fullName(persona), persona.name, key, value);
}

/** What somebody has said about themselves, of the keys that this client wants to be told of. */
export function* personLines(
  irc: IrcSession,
  { persona }: Session,
  wanted: ReadonlySet<MetadataKey>,
): Generator<OutgoingLine> {
  const entries = irc.host.chat.metadata.of(persona.identity);
  if (entries.size === 0) return;
  for (const key of wanted) {
    const value = entries.get(key);
    if (value !== undefined) yield metadataLine(fullName(persona), persona.name, key, value);
  }
}

/** What is said about a channel and, to its members, about those in it. */
export function* roomLines(irc: IrcSession, room: Room, wanted: ReadonlySet<MetadataKey>): Generator<OutgoingLine> {
  const { me } = irc;
  const entries = irc.host.chat.metadata.of(room.name);
  for (const key of wanted) {
    const value = entries.get(key);
    if (value !== undefined) yield metadataLine(irc.options.serverName, room.title, key, value);
  }
  if (me === undefined || !room.members.has(me.id)) return;
  for (const { session } of room.members.values()) {
    if (seesMember(room, me, session.id)) yield* personLines(irc, session, wanted);
  }
}

/** "On joining a channel, users will get the channel's current metadata [...] for the keys they are subscribed to." */
export function syncRoom(irc: IrcSession, room: Room): void {
  const wanted = irc.device?.subscriptions;
  if (wanted === undefined || wanted.size === 0 || !irc.has('draft/metadata-2')) return;
  // "The server may also tell them to request that information at a later time."
  if (room.members.size > MAX_SHOWN_MEMBERS) {
    return irc.numeric('RPL_METADATASYNCLATER', room.title, '1', 'Ask for it with METADATA SYNC');
  }
  const lines = [...roomLines(irc, room, wanted)];
  if (lines.length > 0) sendMetadataBatch(irc, room.title, lines);
  return undefined;
}

/** "When they MONITOR a user, or when one of their monitored users comes online." */
export function syncPerson(irc: IrcSession, session: Session): void {
  const wanted = irc.device?.subscriptions;
  if (wanted === undefined || !irc.has('draft/metadata-2')) return;
  const lines = [...personLines(irc, session, wanted)];
  if (lines.length > 0) sendMetadataBatch(irc, session.persona.name, lines);
}
