import { z } from 'zod';
import { parseKeptLimit } from '../../../dialects/kept-text.ts';
import { changeRegistration } from '../../../domain/actions/change-registration.ts';
import { setModes } from '../../../domain/actions/set-modes.ts';
import { NO_LIMITS } from '../../../domain/kept-limits.ts';
import { defineRoomOperation } from '../room-operation.ts';

/** How much of what is said in a room is kept: "on", "off", or a limit. */
const amount = z.string().refine((text) => text === 'on' || text === 'off' || parseKeptLimit(text) !== undefined);

/** Whether that says how much of what is said is kept. */
export function isKeptAmount(text: string): boolean {
  return amount.safeParse(text).success;
}

/** Says whether what is said in a room is kept, for how long, and how much of it. */
export const roomHistory = defineRoomOperation({
  name: 'room-history',
  input: z.object({ history: amount }),
  async run({ act }, { name: room, registration }, { history }) {
    const before = history === 'on' ? NO_LIMITS : (registration?.kept ?? NO_LIMITS);
    const kept = { ...before, ...parseKeptLimit(history) };
    const done = await act(changeRegistration, { room, change: { kind: 'kept', kept } });
    if (!done.ok) return done;
    const changes = [{ kind: 'flag', flag: 'unrecorded', on: history === 'off' }] as const;
    return act(setModes, { room, changes, isForced: true });
  },
});
