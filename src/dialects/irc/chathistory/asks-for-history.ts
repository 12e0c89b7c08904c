import type { IrcSession } from '../session.ts';

/** Whether a client asks for history itself, with CHATHISTORY or as of ZNC, so that none is sent to it unasked. */
export function asksForHistory(irc: IrcSession): boolean {
  return irc.has('draft/chathistory') || irc.has('znc.in/playback');
}
