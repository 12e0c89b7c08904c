import { setModes } from '../../../domain/actions/set-modes.ts';
import { definePlainCommand } from '../command.ts';

/** /record [on|off]: whether what is said in the room is kept. */
export const record = definePlainCommand({
  name: 'record',
  words: 1,
  min: 0,
  cost: 1,
  help: { usage: '/record [on|off]', summary: 'tells, or says, whether what is said in the room is kept' },
  run(plain, [text]) {
    const { room } = plain;
    if (room === undefined) return plain.notice('you are in no room; /join one first');
    const wanted = text?.toLowerCase();
    if (wanted !== undefined && wanted !== 'on' && wanted !== 'off') {
      return plain.notice(`use it like this: ${record.help.usage}`);
    }
    if (wanted !== undefined) {
      const change = { kind: 'flag', flag: 'unrecorded', on: wanted === 'off' } as const;
      if (!plain.host.act(setModes, { room: room.name, changes: [change] })) return;
    }
    const isKept = plain.host.chat.limits.keepsHistory && !room.flags.has('unrecorded');
    return plain.notice(`what is said in ${room.title} is ${isKept ? '' : 'not '}kept`);
  },
});
