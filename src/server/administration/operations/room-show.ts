import { z } from 'zod';
import { ok } from '../../../domain/result.ts';
import { defineRoomOperation } from '../room-operation.ts';

/** Tells all of a room. */
export const roomShow = defineRoomOperation({
  name: 'room-show',
  input: z.unknown(),
  run: async () => ok(undefined),
});
