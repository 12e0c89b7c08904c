import { z } from 'zod';
import { registerAccount } from '../../../domain/actions/register-account.ts';
import { parseNick } from '../../../domain/nick.ts';
import { ok, refuse } from '../../../domain/result.ts';
import { defineOperation } from '../operation.ts';
import { refusalProblem } from '../refusal-problem.ts';

/** Makes an account. */
export const accountAdd = defineOperation({
  name: 'account-add',
  input: z.object({ name: z.string(), password: z.string() }),
  async run({ settings, passwords, act }, { name: text, password }) {
    const name = parseNick(text, settings.limits.nick_chars);
    if (!name.ok) return refuse(refusalProblem({ kind: 'bad-nick', nick: text, problem: name.error }));
    const credentials = await passwords.hash(password);
    if (!credentials.ok) return refuse(refusalProblem(credentials.error));
    const done = await act(registerAccount, { name: name.value, credentials: credentials.value });
    return done.ok ? ok({ name: name.value.name }) : refuse(refusalProblem(done.error));
  },
});
