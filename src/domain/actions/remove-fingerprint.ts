import { defineAccountAction } from '../account-action.ts';
import { ok, refuse } from '../result.ts';

/** An account is entered with a certificate no longer. Some way in must be left. */
export const removeFingerprint = defineAccountAction<{ readonly fingerprint: string }>({
  name: 'remove-fingerprint',
  by: 'owner',
  what: 'fingerprints',
  run({ chat, account, input: { fingerprint } }) {
    if (!account.fingerprints.has(fingerprint)) return refuse({ kind: 'no-such-fingerprint' });
    if (account.credentials === undefined && account.fingerprints.size === 1) return refuse({ kind: 'last-way-in' });
    chat.changeAccount(account, () => account.fingerprints.delete(fingerprint));
    return ok([]);
  },
});
