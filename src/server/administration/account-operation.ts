import { z } from 'zod';
import type { Account } from '../../domain/account.ts';
import { nickKey } from '../../domain/nick.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { ok, refuse, type Result } from '../../domain/result.ts';
import { accountDetails, type AccountDetails } from './account-details.ts';
import { defineOperation, type Office, type Operation } from './operation.ts';
import { refusalProblem } from './refusal-problem.ts';

/** Declares an operation on one account, which tells what the account is like afterwards. */
export function defineAccountOperation<Input>(definition: {
  readonly name: string;
  readonly input: z.ZodType<Input>;
  readonly run: (office: Office, account: Account, input: Input) => Promise<Result<unknown, Refusal>>;
}): Operation<Input & { readonly account: string }, AccountDetails> {
  const { name, input, run } = definition;
  return defineOperation({
    name,
    input: z.intersection(z.object({ account: z.string() }), input),
    async run(office, asked) {
      const { chat } = office;
      const account = chat.accounts.get(nickKey(asked.account));
      if (account === undefined) return refuse(refusalProblem({ kind: 'no-such-account', account: asked.account }));
      const done = await run(office, account, asked);
      return done.ok ? ok(accountDetails(chat, account)) : refuse(refusalProblem(done.error));
    },
  });
}
