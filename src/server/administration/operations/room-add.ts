import { z } from 'zod';
import { foundRoom } from '../../../domain/actions/found-room.ts';
import { nickKey } from '../../../domain/nick.ts';
import { ok, refuse } from '../../../domain/result.ts';
import { defineOperation } from '../operation.ts';
import { refusalProblem } from '../refusal-problem.ts';
import { roomDetails } from '../room-details.ts';
import { readRoomName } from '../room-operation.ts';

/** Makes a room an account's own, and makes it first if it is not there. */
export const roomAdd = defineOperation({
  name: 'room-add',
  input: z.object({ room: z.string(), account: z.string() }),
  async run(office, { room: text, account }) {
    const { chat, act } = office;
    const parsed = readRoomName(office, text);
    if (!parsed.ok) return parsed;
    const done = await act(foundRoom, { room: parsed.value, account: nickKey(account) });
    const room = chat.rooms.get(parsed.value.key);
    if (!done.ok) return refuse(refusalProblem(done.error));
    return room === undefined ? refuse('the room has gone again') : ok(roomDetails(chat, room));
  },
});
