import { showable } from '../../../protocol/plain/text.ts';
import { definePlainCommand } from '../command.ts';
import { countOf } from '../show.ts';

const MAX_LISTED = 50;

/** /rooms: the fullest first. */
export const rooms = definePlainCommand({
  name: 'rooms',
  words: 0,
  min: 0,
  cost: 2,
  help: { usage: '/rooms', summary: 'lists the rooms' },
  run(plain) {
    const all = [...plain.host.chat.rooms.values()].sort(
      (a, b) => b.members.size - a.members.size || (a.name < b.name ? -1 : 1),
    );
    for (const room of all.slice(0, MAX_LISTED)) {
      const topic = room.topic === undefined ? '' : `: ${showable(room.topic.text)}`;
      plain.notice(`${room.title} (${countOf(room.members.size, 'person', 'people')})${topic}`);
    }
    if (all.length > MAX_LISTED) plain.notice(`and ${all.length - MAX_LISTED} smaller ones`);
  },
});
