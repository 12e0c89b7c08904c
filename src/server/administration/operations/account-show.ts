import { z } from 'zod';
import { ok } from '../../../domain/result.ts';
import { defineAccountOperation } from '../account-operation.ts';

/** Tells all of an account. */
export const accountShow = defineAccountOperation({
  name: 'account-show',
  input: z.unknown(),
  run: async () => ok(undefined),
});
