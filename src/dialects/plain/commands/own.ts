import { dropRoom } from '../../../domain/actions/drop-room.ts';
import { registerRoom } from '../../../domain/actions/register-room.ts';
import { definePlainCommand } from '../command.ts';

/** /own [no]: makes the room that one talks in one's own, or gives it up. */
export const own = definePlainCommand({
  name: 'own',
  words: 1,
  min: 0,
  cost: 1,
  help: { usage: '/own [no]', summary: 'makes the room yours, so that it stays', details: ['/own no gives it up'] },
  run(plain, [word]) {
    const { room } = plain;
    if (room === undefined) return plain.notice('you are in no room; /join one first');
    plain.host.act(word?.toLowerCase() === 'no' ? dropRoom : registerRoom, { room: room.name });
    return undefined;
  },
});
