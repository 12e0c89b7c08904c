import { join as joinRoom } from '../../../domain/actions/join.ts';
import { definePlainCommand } from '../command.ts';

/** /join room: enters a room, or goes back to talking in one that one is in already. */
export const join = definePlainCommand({
  name: 'join',
  words: 1,
  min: 1,
  cost: 1,
  help: { usage: '/join ROOM', summary: 'enters a room, a new one too, and talks there' },
  run(plain, [text = '']) {
    const room = plain.parseRoom(text);
    if (room === undefined) return;
    if (plain.me?.rooms.has(room.key) !== true) plain.host.act(joinRoom, { room });
    else {
      plain.talkIn(room.key);
      plain.notice(`you talk in ${plain.room?.title ?? room.title} now`);
    }
  },
});
