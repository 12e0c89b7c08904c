import { z } from 'zod';
import { suspendAccount } from '../../../domain/actions/suspend-account.ts';
import { refuse } from '../../../domain/result.ts';
import { isOverBytes } from '../../../domain/text.ts';
import { defineAccountOperation } from '../account-operation.ts';

/** Lets nobody log in to an account, and puts off who is. */
export const accountSuspend = defineAccountOperation({
  name: 'account-suspend',
  // It is shown in lines of their own.
  input: z.object({ reason: z.string().regex(/^\P{Cc}*$/u) }),
  async run({ settings, act }, { key }, { reason }) {
    const maxBytes = settings.limits.reason_bytes;
    if (isOverBytes(reason, maxBytes)) return refuse({ kind: 'text-too-long', maxBytes });
    return act(suspendAccount, { account: key, reason });
  },
});
