import { renameRoom } from '../../../domain/actions/rename-room.ts';
import { hasHistory } from '../../has-history.ts';
import { definePlainCommand } from '../command.ts';

/** /rename NAME: gives the room that one talks in another name. */
export const rename = definePlainCommand({
  name: 'rename',
  words: 1,
  min: 1,
  cost: 3,
  help: { usage: '/rename #NAME', summary: 'gives the room another name', details: ['what was said goes with it'] },
  run(plain, [name = '']) {
    const { room } = plain;
    if (room === undefined) return plain.notice('you are in no room; /join one first');
    const to = plain.parseRoom(name);
    if (to === undefined) return;
    plain.host.act(renameRoom, { room: room.name, to, reason: '', hasHistory: hasHistory(plain.host, to.key) });
    return undefined;
  },
});
