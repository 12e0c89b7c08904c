import { fullName } from '../../domain/mask.ts';
import type { Room } from '../../domain/room.ts';
import type { Session } from '../../domain/session.ts';
import { body } from './line.ts';
import { sendNames } from './names.ts';
import { sendRoomMarker } from './read-marker.ts';
import type { IrcSession } from './session.ts';

/** Tells a client that has become a device of somebody who is here already in which channels it is. */
export function sendAttached(irc: IrcSession): void {
  const { me } = irc;
  if (me === undefined) return;
  for (const room of me.rooms.values()) sendRoom(irc, me, room);
}

/** As if the client had just joined (RFC 2812 section 3.2.1). */
function sendRoom(irc: IrcSession, { persona }: Session, room: Room): void {
  const extra = irc.has('extended-join') ? [persona.account ?? '*', persona.realName] : [];
  irc.line({ tags: [], body: body(fullName(persona), 'JOIN', room.title, ...extra) });
  if (room.topic !== undefined) irc.sendTopic(room);
  sendRoomMarker(irc, room);
  if (!irc.has('no-implicit-names') && !irc.has('draft/no-implicit-names')) sendNames(irc, room);
}
