import { fullName } from '../../domain/mask.ts';
import type { Session } from '../../domain/session.ts';
import { sendAttached } from './attached.ts';
import { body } from './line.ts';
import type { IrcSession } from './session.ts';

/**
 * A client that has logged in after it came, under another nick, asks for the one that its owner has here already: it
 * becomes one more client of theirs. To itself it leaves its channels, changes its nick, and enters theirs.
 */
export function becomeDevice(irc: IrcSession, holder: Session): void {
  const { me } = irc;
  if (me === undefined) return;
  const { persona } = me;
  const rooms = [...me.rooms.values()];
  if (!irc.host.attach(holder.id)) return;
  for (const { name, title } of rooms) {
    irc.line({ tags: [], body: body(fullName(persona), 'PART', title) });
    irc.replay.left(name, irc.host.lastSequence);
  }
  irc.line({ tags: [], body: body(fullName(persona), 'NICK', holder.persona.name) });
  irc.sendUserModes();
  sendAttached(irc);
}
