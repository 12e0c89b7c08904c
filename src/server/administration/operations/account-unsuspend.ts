import { z } from 'zod';
import { unsuspendAccount } from '../../../domain/actions/unsuspend-account.ts';
import { defineAccountOperation } from '../account-operation.ts';

/** Lets people log in to an account again. */
export const accountUnsuspend = defineAccountOperation({
  name: 'account-unsuspend',
  input: z.unknown(),
  run: ({ act }, { key }) => act(unsuspendAccount, { account: key }),
});
