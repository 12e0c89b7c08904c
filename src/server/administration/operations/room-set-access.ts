import { z } from 'zod';
import { changeRegistration } from '../../../domain/actions/change-registration.ts';
import { nickKey } from '../../../domain/nick.ts';
import { ROLES } from '../../../domain/role.ts';
import { defineRoomOperation } from '../room-operation.ts';

/** Gives an account a role in a room by right, or takes it away when none is named. */
export const roomSetAccess = defineRoomOperation({
  name: 'room-set-access',
  input: z.object({ account: z.string(), role: z.enum(ROLES).exclude(['founder']).optional() }),
  run: ({ act }, { name }, { account, role }) =>
    act(changeRegistration, { room: name, change: { kind: 'access', account: nickKey(account), role } }),
});
