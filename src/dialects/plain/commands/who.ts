import { isVisibleTo, seesMember } from '../../../domain/room.ts';
import type { Persona } from '../../../domain/session.ts';
import { definePlainCommand } from '../command.ts';

/** People listed at most; a terminal's few screens. */
const MAX_LISTED = 500;

/** /who [room] */
export const who = definePlainCommand({
  name: 'who',
  words: 1,
  min: 0,
  cost: 2,
  help: { usage: '/who [ROOM]', summary: 'lists who is in a room' },
  run(plain, [text]) {
    const name = text === undefined ? plain.room?.name : plain.parseRoom(text)?.key;
    if (name === undefined)
      return text === undefined ? plain.notice('you are in no room; /rooms lists them') : undefined;
    const room = plain.host.chat.rooms.get(name);
    const { me } = plain;
    if (room === undefined || me === undefined || !isVisibleTo(room, me))
      return plain.refused({ kind: 'no-such-room', room: text ?? name });
    const names: string[] = [];
    const seen = [...room.members.values()].filter(({ session }) => seesMember(room, me, session.id));
    for (const { session } of seen) {
      if (names.length === MAX_LISTED) break;
      const isYou = session.id === plain.host.session;
      const remark = isYou ? ' (you)' : session.away === undefined ? '' : ' (away)';
      names.push(listedName(session.persona) + remark);
    }
    const left = seen.length - names.length;
    if (left > 0) names.push(`and ${left} more`);
    return names.length === 0 ? plain.notice(`nobody is in ${room.title}`) : plain.list(`in ${room.title}:`, names);
  },
});

/** A guest is listed with the name that /msg knows them by. */
function listedName(persona: Persona): string {
  return persona.isNamed ? persona.name : `${persona.name} <${persona.label}>`;
}
