import { part as partRoom } from '../../../domain/actions/part.ts';
import { definePlainCommand } from '../command.ts';

/** /part [room] [reason] */
export const part = definePlainCommand({
  name: 'part',
  words: 1,
  min: 0,
  cost: 1,
  help: { usage: '/part [ROOM] [WHY]', summary: 'leaves the room you talk in, or another' },
  run(plain, [text, reason = '']) {
    if (text !== undefined) {
      const room = plain.parseRoom(text);
      if (room !== undefined) plain.host.act(partRoom, { room: room.key, reason });
    } else if (plain.room === undefined) plain.notice('you are in no room');
    else plain.host.act(partRoom, { room: plain.room.name, reason });
  },
});
