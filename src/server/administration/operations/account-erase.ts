import { z } from 'zod';
import { identityOf } from '../../../domain/account.ts';
import { deleteAccount } from '../../../domain/actions/delete-account.ts';
import { MAX_TOLD_ERASED } from '../../../domain/history.ts';
import { nickKey } from '../../../domain/nick.ts';
import { ok, refuse } from '../../../domain/result.ts';
import { defineOperation } from '../operation.ts';
import { refusalProblem } from '../refusal-problem.ts';

/** Deletes an account, and all that was said and done with it. What was begun is finished even if nobody waits for it. */
export const accountErase = defineOperation({
  name: 'account-erase',
  /** `total`: how many messages and other events there are, as far as the asker knows, to tell how far it is. */
  input: z.object({ name: z.string(), total: z.number() }),
  async run({ chat, storage, act, prune }, { name, total }, asker) {
    const account = chat.accounts.get(nickKey(name));
    if (account === undefined) return refuse(refusalProblem({ kind: 'no-such-account', account: name }));
    const who = identityOf(account);
    const done = await act(deleteAccount, { account: account.key, erases: storage.lately(who, MAX_TOLD_ERASED) });
    if (!done.ok) return refuse(refusalProblem(done.error));
    let erased = 0;
    try {
      const isClean = await prune(asker, (step) => {
        if (step.erased !== who) return;
        erased += step.rows;
        asker.report({ unit: 'messages and other events', done: erased, total: Math.max(total, erased) });
      });
      return ok({ account: account.name, erased, isClean });
    } catch (fault) {
      if (asker.signal.aborted)
        return refuse('interrupted; the account is gone, and a server that runs goes on with the rest');
      throw fault;
    }
  },
});
