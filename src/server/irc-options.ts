import { isIP } from 'node:net';
import type { Settings } from '../config/settings.ts';
import type { IrcOptions } from '../dialects/irc/options.ts';
import { serverHostName } from '../protocol/irc/host-name.ts';
import { AddressSet } from '../transports/address.ts';
import { MAX_PASSWORD_BYTES } from './prepared-password.ts';
import { version } from './version.ts';

/** What operators of the server may have done to the process it runs in. */
export type Operation = Pick<IrcOptions, 'settingsFile' | 'rehash'>;

/** Those of the options that may change while the server runs. */
export function reloadable({
  irc,
}: Settings): Pick<IrcOptions, 'isInvisible' | 'motd' | 'password' | 'operators' | 'gateways'> {
  return {
    isInvisible: irc.invisible,
    motd: irc.motd,
    password: irc.password === '' ? undefined : irc.password,
    operators: irc.operators.map((text) => {
      const colon = text.indexOf(':');
      return { name: text.slice(0, colon), password: text.slice(colon + 1) };
    }),
    gateways: irc.gateways.map((text) => {
      const [network = '', password = ''] = text.split(' ');
      const addresses = new AddressSet([network]);
      return {
        password,
        isAt: (address) => address !== '' && addresses.has(address),
        isAddress: (address) => isIP(address) !== 0,
      };
    }),
  };
}

/** What the IRC dialect is told of the settings. */
export function ircOptions(settings: Settings, operation: Operation): IrcOptions {
  const { name, accounts, irc, limits, tls } = settings;
  const isStrict = tls.cert !== '' && tls.key !== '' && tls.sts_seconds > 0;
  return {
    serverName: serverHostName(name),
    networkName: irc.network,
    description: irc.description,
    version: `partyline-${version()}`,
    startedAt: Date.now(),
    ...operation,
    ...reloadable(settings),
    deniedClientTags: new Set(irc.denied_client_tags),
    strictTransport: isStrict ? { port: tls.sts_port, seconds: tls.sts_seconds } : undefined,
    registersEarly: accounts.registration === 'open',
    needsEmail: accounts.email_required,
    newPassword: { minChars: limits.password_chars, maxBytes: MAX_PASSWORD_BYTES },
    multiline: { maxBytes: limits.multiline_bytes, maxLines: limits.multiline_lines },
    times: {
      registrationMs: irc.registration_ms,
      pingMs: irc.ping_ms,
      timeoutMs: irc.timeout_ms,
      multilineMs: irc.multiline_ms,
    },
    limits: {
      nickChars: limits.nick_chars,
      userChars: irc.user_chars,
      realNameBytes: irc.real_name_bytes,
      roomNameChars: limits.room_name_chars,
      topicBytes: limits.topic_bytes,
      awayBytes: limits.away_bytes,
      reasonBytes: limits.reason_bytes,
      rooms: limits.rooms_per_session,
      listEntries: limits.list_entries,
      watched: limits.watched_nicks,
      targets: limits.targets,
      metadataKeys: limits.metadata_keys,
      metadataSubscriptions: limits.metadata_subscriptions,
      metadataValueBytes: limits.metadata_value_bytes,
      historyPage: settings.history.page,
      replayLines: settings.history.replay_lines,
      missedLines: settings.history.missed_lines,
    },
  };
}
