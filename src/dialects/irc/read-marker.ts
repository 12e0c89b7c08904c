import { roomConversation } from '../../domain/conversation.ts';
import type { Room } from '../../domain/room.ts';
import { body, type OutgoingLine } from './line.ts';
import type { IrcSession } from './session.ts';

/** IRCv3 read-marker, "MARKREAD server command". @param readAt milliseconds since 1970; undefined for "not known". */
export function markerLine(serverName: string, target: string, readAt: number | undefined): OutgoingLine {
  const timestamp = readAt === undefined ? '*' : `timestamp=${new Date(readAt).toISOString()}`;
  return { tags: [], body: body(serverName, 'MARKREAD', target, timestamp) };
}

/** Private conversations whose markers a client is told when it comes; of more, those with the latest messages. */
const MAX_TALKS = 50;
const ALL_TIME = { after: 0, before: Number.MAX_SAFE_INTEGER } as const;

/** How far somebody with an account has read their private conversations, so that a client need not ask for each. */
export function sendTalkMarkers(irc: IrcSession): void {
  const { me } = irc;
  if (me?.account === undefined || !irc.has('draft/read-marker')) return;
  const { chat, history } = irc.host;
  const { identity } = me.persona;
  for (const { conversation, other } of history.correspondences(identity, ALL_TIME, 'last', MAX_TALKS)) {
    const readAt = chat.readMarkers.get(identity, conversation);
    const name = readAt === undefined ? undefined : history.nameIn(conversation, other);
    if (name !== undefined) irc.line(markerLine(irc.options.serverName, name, readAt));
  }
}

/** IRCv3 read-marker, "Command flows": behind a JOIN, before the end of names. */
export function sendRoomMarker(irc: IrcSession, { name, title }: Room): void {
  const { me } = irc;
  if (me === undefined || !irc.has('draft/read-marker')) return;
  const readAt = irc.host.chat.readMarkers.get(me.persona.identity, roomConversation(name));
  irc.line(markerLine(irc.options.serverName, title, readAt));
}
