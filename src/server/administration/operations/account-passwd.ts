import { z } from 'zod';
import { changeCredentials } from '../../../domain/actions/change-credentials.ts';
import { defineAccountOperation } from '../account-operation.ts';

/** Gives an account another password. */
export const accountPasswd = defineAccountOperation({
  name: 'account-passwd',
  input: z.object({ password: z.string() }),
  async run({ passwords, act }, { key }, { password }) {
    const credentials = await passwords.hash(password);
    return credentials.ok ? act(changeCredentials, { account: key, credentials: credentials.value }) : credentials;
  },
});
