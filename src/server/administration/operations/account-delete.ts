import { z } from 'zod';
import { deleteAccount } from '../../../domain/actions/delete-account.ts';
import { defineAccountOperation } from '../account-operation.ts';

/** Deletes an account, for good. What it said stays. */
export const accountDelete = defineAccountOperation({
  name: 'account-delete',
  input: z.unknown(),
  run: ({ act }, { key }) => act(deleteAccount, { account: key }),
});
