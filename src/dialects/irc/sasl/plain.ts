import { splitDeviceName } from '../../../domain/device-name.ts';
import { nickKey } from '../../../domain/nick.ts';
import { ok, refuse } from '../../../domain/result.ts';
import { parsePlainMessage } from '../../../protocol/sasl/plain.ts';
import { provePassword } from '../../account-entry.ts';
import type { SaslMechanism } from './mechanism.ts';

/** PLAIN (RFC 4616): the password itself. Nobody acts for anybody else. */
export const plain: SaslMechanism = {
  name: 'PLAIN',
  begin: (host) => ({
    async next(text) {
      const message = parsePlainMessage(text);
      if (message === undefined) return refuse({ kind: 'wrong-password' });
      const { authorization, authentication, password } = message;
      const { name, device } = splitDeviceName(authentication);
      const isOwn = authorization === '' || nickKey(splitDeviceName(authorization).name) === nickKey(name);
      if (!isOwn) return refuse({ kind: 'wrong-password' });
      const account = await provePassword(host, name, password);
      return account.ok ? ok({ account: account.value, device }) : account;
    },
  }),
};
