import { fullName } from '../../domain/mask.ts';
import { isVisibleTo, type Room } from '../../domain/room.ts';
import { MAX_BODY_BYTES } from './line.ts';
import { prefixes } from './modes.ts';
import type { IrcSession } from './session.ts';

/** Whether every character is a single byte of UTF-8. */
function isOneByteEach(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}

/** Sends the names of a channel's members, as many to a line as fit, and the end of them. */
export function sendNames(irc: IrcSession, room: Room): void {
  const { me } = irc;
  if (me !== undefined && isVisibleTo(room, me)) {
    const symbol = room.flags.has('secret') ? '@' : room.flags.has('private') ? '*' : '=';
    const isMember = room.members.has(me.id);
    const head = `:${irc.options.serverName} 353 ${irc.name} ${symbol} ${room.title} :`;
    const space = MAX_BODY_BYTES - Buffer.byteLength(head);
    let line = '';
    let bytes = 0;
    const flush = (): void => irc.line({ tags: [], body: head + line });
    for (const { session, roles } of room.members.values()) {
      if (!isMember && session.flags.has('invisible')) continue;
      const { persona } = session;
      const shown =
        prefixes(roles, irc.has('multi-prefix')) + (irc.has('userhost-in-names') ? fullName(persona) : persona.name);
      const size = (isOneByteEach(shown) ? shown.length : Buffer.byteLength(shown)) + 1;
      if (bytes + size > space && line !== '') {
        flush();
        line = '';
        bytes = 0;
      }
      line += line === '' ? shown : ` ${shown}`;
      bytes += size;
    }
    if (line !== '') flush();
  }
  irc.numeric('RPL_ENDOFNAMES', room.title, 'End of /NAMES list');
}
