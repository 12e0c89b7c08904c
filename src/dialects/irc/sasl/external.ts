import { splitDeviceName } from '../../../domain/device-name.ts';
import { nickKey } from '../../../domain/nick.ts';
import { ok, refuse } from '../../../domain/result.ts';
import type { SaslMechanism } from './mechanism.ts';

/** EXTERNAL (RFC 4422 appendix A): the certificate that the client has shown. */
export const external: SaslMechanism = {
  name: 'EXTERNAL',
  begin: ({ chat, session }) => ({
    next(authorization) {
      const fingerprint = chat.sessions.get(session)?.certificateFingerprint;
      const account = fingerprint === undefined ? undefined : chat.fingerprintOwners.get(fingerprint);
      const { name, device } = splitDeviceName(authorization);
      const isMeant = authorization === '' || chat.nickOwners.get(nickKey(name)) === account;
      const isKnown = account !== undefined && isMeant;
      return Promise.resolve(isKnown ? ok({ account: account.key, device }) : refuse({ kind: 'unknown-certificate' }));
    },
  }),
};
