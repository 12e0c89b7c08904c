import { fullName } from '../../domain/mask.ts';
import type { Room } from '../../domain/room.ts';
import type { ParsedRoomName } from '../../domain/room-name.ts';
import type { Session } from '../../domain/session.ts';
import { body } from './line.ts';
import { sendNames } from './names.ts';
import { sendRoomMarker } from './read-marker.ts';
import type { IrcSession } from './session.ts';

/** Tells a client that has become a device of somebody who is here already in which channels it is. */
export function sendAttached(irc: IrcSession): void {
  const { me } = irc;
  if (me === undefined) return;
  for (const room of me.rooms.values()) {
    sendRoom(irc, me, { key: room.name, title: room.title });
    irc.replay.send(room);
  }
}

/** Tells a client that it is in a channel, as if it had just joined (RFC 2812 section 3.2.1). */
export function sendRoom(irc: IrcSession, { persona }: Session, { key, title }: ParsedRoomName): void {
  const extra = irc.has('extended-join') ? [persona.account ?? '*', persona.realName] : [];
  irc.line({ tags: [], body: body(fullName(persona), 'JOIN', title, ...extra) });
  const room = irc.host.chat.rooms.get(key);
  if (room !== undefined) sendAboutRoom(irc, room);
}

/**
 * What a client is told of a channel as it comes into it: the topic, how far it has read, who is there.
 * @param isNewest whether it has just joined, and nobody since.
 */
export function sendAboutRoom(irc: IrcSession, room: Room, isNewest = false): void {
  if (room.topic !== undefined) irc.sendTopic(room);
  sendRoomMarker(irc, room);
  if (!irc.has('no-implicit-names') && !irc.has('draft/no-implicit-names')) sendNames(irc, room, isNewest);
}
