import { fullName } from '../../domain/mask.ts';
import type { MetadataEntries, MetadataKey } from '../../domain/metadata.ts';
import { MAX_SHOWN_MEMBERS } from '../../domain/metadata-events.ts';
import { subscribeMetadata } from '../../domain/actions/subscribe-metadata.ts';
import { seesMember, type Room } from '../../domain/room.ts';
import type { Session } from '../../domain/session.ts';
import { body, type OutgoingLine } from './line.ts';
import type { IrcSession } from './session.ts';
import { eachTimed } from './time-tag.ts';

/** Who may see a key: everybody (IRCv3 metadata, "Replies"). */
export const VISIBILITY = '*';

/** The draft of IRCv3 metadata that a client has asked for: the third tells everything in numerics, with other codes. */
export function metadataVersion(irc: IrcSession): 2 | 3 | undefined {
  if (irc.has('draft/metadata-3')) return 3;
  return irc.has('draft/metadata-2') ? 2 : undefined;
}

/** RPL_KEYVALUE, or RPL_KEYNOTSET without a value. */
export function keyLine(irc: IrcSession, target: string, key: string, value: string | undefined): OutgoingLine {
  if (value === undefined) return irc.numericLine('RPL_KEYNOTSET', target, key, 'Key not set');
  const { body: head } = irc.numericLine('RPL_KEYVALUE', target, key, VISIBILITY);
  return { tags: [], body: `${head} :${value}` };
}

/** What is said of a person or a channel, to a client that did not ask just now. */
function shownLine(
  irc: IrcSession,
  source: string,
  target: string,
  [key, value]: readonly [string, string],
): OutgoingLine {
  return metadataVersion(irc) === 3 ? keyLine(irc, target, key, value) : metadataLine(source, target, key, value);
}

/** draft/metadata-2, "METADATA server message". @param value undefined when it is taken away. */
export function metadataLine(source: string, target: string, key: string, value: string | undefined): OutgoingLine {
  const head = body(source, 'METADATA', target, key, VISIBILITY);
  return { tags: [], body: value === undefined ? head : `${head} :${value}` };
}

/** Lines about a person or a channel (IRCv3 metadata, "Batch types"). */
export function sendMetadataBatch(irc: IrcSession, target: string, lines: Iterable<OutgoingLine>): void {
  irc.batch('metadata', [target], irc.has('server-time') ? eachTimed(lines) : lines);
}

/** "Servers MUST send clients a list of their current metadata [...] as part of the registration burst"; also when there is none. */
export function sendOwnMetadata(irc: IrcSession): void {
  const { me } = irc;
  if (me === undefined || metadataVersion(irc) === undefined) return;
  const entries = irc.host.chat.metadata.of(me.persona.identity);
  sendMetadataBatch(irc, me.persona.name, ownLines(irc, me, entries));
}

function* ownLines(irc: IrcSession, { persona }: Session, entries: MetadataEntries): Generator<OutgoingLine> {
  for (const entry of entries) yield shownLine(irc, fullName(persona), persona.name, entry);
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
    if (value !== undefined) yield shownLine(irc, fullName(persona), persona.name, [key, value]);
  }
}

/** What is said about a channel and, to its members, about those in it. */
export function* roomLines(irc: IrcSession, room: Room, wanted: ReadonlySet<MetadataKey>): Generator<OutgoingLine> {
  const { me } = irc;
  const entries = irc.host.chat.metadata.of(room.name);
  for (const key of wanted) {
    const value = entries.get(key);
    if (value !== undefined) yield shownLine(irc, irc.options.serverName, room.title, [key, value]);
  }
  if (me === undefined || !room.members.has(me.id)) return;
  for (const { session } of room.members.values()) {
    if (seesMember(room, me, session.id)) yield* personLines(irc, session, wanted);
  }
}

/** "When a metadata-aware client joins a channel". The third draft has it told also that there is nothing. */
export function syncRoom(irc: IrcSession, room: Room): void {
  const wanted = irc.device?.subscriptions;
  const version = metadataVersion(irc);
  if (wanted === undefined || version === undefined || (version === 2 && wanted.size === 0)) return;
  // "The server may also tell them to request that information at a later time."
  if (room.members.size > MAX_SHOWN_MEMBERS) {
    return irc.numeric('RPL_METADATASYNCLATER', room.title, '1', 'Ask for it with METADATA SYNC');
  }
  const lines = [...roomLines(irc, room, wanted)];
  if (lines.length > 0 || version === 3) sendMetadataBatch(irc, room.title, lines);
  return undefined;
}

/** "When server sends RPL_MONONLINE to a metadata-aware client". */
export function syncPerson(irc: IrcSession, session: Session): void {
  const wanted = irc.device?.subscriptions;
  const version = metadataVersion(irc);
  if (wanted === undefined || version === undefined) return;
  const lines = [...personLines(irc, session, wanted)];
  if (lines.length > 0 || version === 3) sendMetadataBatch(irc, session.persona.name, lines);
}

/** "If a client removes this capability [...] servers MUST clear that client's subscription list." */
export function forgetSubscriptions(irc: IrcSession): void {
  for (const key of irc.device?.subscriptions ?? []) {
    irc.act(subscribeMetadata, { device: irc.host.device, key, on: false });
  }
}
