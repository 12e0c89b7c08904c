import type { RoomRenamed } from '../../domain/event.ts';
import { fullName } from '../../domain/mask.ts';
import { sendRoom } from './attached.ts';
import { body } from './line.ts';
import type { IrcSession } from './session.ts';

/**
 * Tells a client that a channel it is in has another name. One that does not know of such is told that it has left the one
 * and is in the other, unless only the case of letters is different (IRCv3 channel-rename, "Fallback").
 */
export function sendRoomRenamed(irc: IrcSession, event: RoomRenamed): void {
  const { me } = irc;
  if (me === undefined) return;
  if (irc.has('draft/channel-rename')) {
    for (const line of irc.linesFor(event)) irc.line(line);
    return;
  }
  const { oldName, newName, reason } = event;
  if (oldName.key === newName.key) return;
  const source = fullName(me.persona);
  irc.line({ tags: [], body: body(source, 'PART', oldName.title, ...(reason === '' ? [] : [reason])) });
  sendRoom(irc, me, newName);
}
