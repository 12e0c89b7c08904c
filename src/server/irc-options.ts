import type { Settings } from '../config/settings.ts';
import type { IrcOptions } from '../dialects/irc/options.ts';
import { version } from './version.ts';

/** What the IRC dialect is told of the settings. */
export function ircOptions({ name, irc, limits }: Settings): IrcOptions {
  return {
    serverName: name.includes('.') ? name : `${name}.local`,
    networkName: irc.network,
    description: irc.description,
    version: `partyline-${version()}`,
    startedAt: Date.now(),
    motd: irc.motd,
    password: irc.password === '' ? undefined : irc.password,
    operators: irc.operators.map((text) => {
      const colon = text.indexOf(':');
      return { name: text.slice(0, colon), password: text.slice(colon + 1) };
    }),
    times: { registrationMs: irc.registration_ms, pingMs: irc.ping_ms, timeoutMs: irc.timeout_ms },
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
    },
  };
}
