import { z } from 'zod';
import { renameAccount } from '../../../domain/actions/rename-account.ts';
import { parseNick } from '../../../domain/nick.ts';
import { refuse } from '../../../domain/result.ts';
import { defineAccountOperation } from '../account-operation.ts';

/** Gives an account another name. */
export const accountRename = defineAccountOperation({
  name: 'account-rename',
  input: z.object({ name: z.string() }),
  async run({ settings, act }, { key }, { name: text }) {
    const name = parseNick(text, settings.limits.nick_chars);
    if (!name.ok) return refuse({ kind: 'bad-nick', nick: text, problem: name.error });
    return act(renameAccount, { account: key, name: name.value });
  },
});
