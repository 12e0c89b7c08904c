import { z } from 'zod';
import { changeRegistration } from '../../../domain/actions/change-registration.ts';
import { nickKey } from '../../../domain/nick.ts';
import { defineRoomOperation } from '../room-operation.ts';

/** A room belongs to another account. */
export const roomSetFounder = defineRoomOperation({
  name: 'room-set-founder',
  input: z.object({ account: z.string() }),
  run: ({ act }, { name }, { account }) =>
    act(changeRegistration, { room: name, change: { kind: 'founder', account: nickKey(account) } }),
});
