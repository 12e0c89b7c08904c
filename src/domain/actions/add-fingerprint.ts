import { defineAccountAction } from '../account-action.ts';
import { ok, refuse } from '../result.ts';

/** Certificates that one account may be entered with. */
const MAX_FINGERPRINTS = 10;

/** An account can be entered with a certificate. One certificate is for one account. */
export const addFingerprint = defineAccountAction<{
  /** As `parseFingerprint` gives it. */
  readonly fingerprint: string;
}>({
  name: 'add-fingerprint',
  by: 'owner',
  what: 'fingerprints',
  run({ chat, account, input: { fingerprint } }) {
    const owner = chat.fingerprintOwners.get(fingerprint);
    if (owner !== undefined && owner !== account) return refuse({ kind: 'fingerprint-taken' });
    if (owner === undefined && account.fingerprints.size >= MAX_FINGERPRINTS) {
      return refuse({ kind: 'too-many-fingerprints', max: MAX_FINGERPRINTS });
    }
    chat.changeAccount(account, () => account.fingerprints.add(fingerprint));
    return ok([]);
  },
});
