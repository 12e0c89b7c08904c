import { z } from 'zod';
import { registerAccount } from '../../../domain/actions/register-account.ts';
import { parseNick } from '../../../domain/nick.ts';
import { ok, refuse } from '../../../domain/result.ts';
import { accountDetails } from '../account-details.ts';
import { defineOperation } from '../operation.ts';
import { refusalProblem } from '../refusal-problem.ts';

/** Makes an account. */
export const accountAdd = defineOperation({
  name: 'account-add',
  input: z.object({ name: z.string(), password: z.string() }),
  async run({ settings, chat, passwords, act }, { name: text, password }) {
    const name = parseNick(text, settings.limits.nick_chars);
    if (!name.ok) return refuse(refusalProblem({ kind: 'bad-nick', nick: text, problem: name.error }));
    const credentials = await passwords.hash(password);
    if (!credentials.ok) return refuse(refusalProblem(credentials.error));
    const done = await act(registerAccount, { name: name.value, credentials: credentials.value });
    if (!done.ok) return refuse(refusalProblem(done.error));
    const account = chat.accounts.get(name.value.key);
    return account === undefined ? refuse('the account has gone again') : ok(accountDetails(chat, account));
  },
});
