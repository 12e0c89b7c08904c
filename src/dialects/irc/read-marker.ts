import { roomConversation } from '../../domain/conversation.ts';
import type { Room } from '../../domain/room.ts';
import { body, type OutgoingLine } from './line.ts';
import type { IrcSession } from './session.ts';

/** IRCv3 read-marker, "MARKREAD server command". @param readAt milliseconds since 1970; undefined for "not known". */
export function markerLine(serverName: string, target: string, readAt: number | undefined): OutgoingLine {
  const timestamp = readAt === undefined ? '*' : `timestamp=${new Date(readAt).toISOString()}`;
  return { tags: [], body: body(serverName, 'MARKREAD', target, timestamp) };
}

/** IRCv3 read-marker, "Command flows": behind a JOIN, before the end of names. */
export function sendRoomMarker(irc: IrcSession, { name, title }: Room): void {
  const { me } = irc;
  if (me === undefined || !irc.has('draft/read-marker')) return;
  const readAt = irc.host.chat.readMarkers.get(me.persona.identity, roomConversation(name));
  irc.line(markerLine(irc.options.serverName, title, readAt));
}
