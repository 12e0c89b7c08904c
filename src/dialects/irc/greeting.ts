import { isupportTokens } from './isupport.ts';
import type { IrcSession } from './session.ts';

/** Modern, "RPL_ISUPPORT": at most 13 tokens to a message. */
const TOKENS_PER_LINE = 12;

export function sendIsupport(irc: IrcSession): void {
  const tokens = isupportTokens(irc.options);
  for (let from = 0; from < tokens.length; from += TOKENS_PER_LINE) {
    irc.numeric('RPL_ISUPPORT', ...tokens.slice(from, from + TOKENS_PER_LINE), 'are supported by this server');
  }
}

/** RFC 2812 section 3.4.2, with the numerics that Modern adds. */
export function sendLusers(irc: IrcSession): void {
  const { sessions, rooms } = irc.host.chat;
  const all = [...sessions.values()];
  const present = all.filter(({ isPresent }) => isPresent);
  const invisible = present.filter(({ flags }) => flags.has('invisible')).length;
  const operators = present.filter(({ flags }) => flags.has('operator')).length;
  const visible = present.length - invisible;
  irc.numeric('RPL_LUSERCLIENT', `There are ${visible} users and ${invisible} invisible on 1 server(s)`);
  irc.numeric('RPL_LUSEROP', `${operators}`, 'IRC Operators online');
  irc.numeric('RPL_LUSERUNKNOWN', `${all.length - present.length}`, 'unregistered connections');
  irc.numeric('RPL_LUSERCHANNELS', `${rooms.size}`, 'channels formed');
  irc.numeric('RPL_LUSERME', `I have ${present.length} clients and 0 servers`);
  const [now, most] = [`${present.length}`, `${present.length}`];
  irc.numeric('RPL_LOCALUSERS', now, most, `Current local users ${now}, max ${most}`);
  irc.numeric('RPL_GLOBALUSERS', now, most, `Current global users ${now}, max ${most}`);
}

/** RFC 2812 section 3.4.1. */
export function sendMotd(irc: IrcSession): void {
  const { motd, serverName } = irc.options;
  if (motd.length === 0) return irc.numeric('ERR_NOMOTD', 'MOTD File is missing');
  irc.numeric('RPL_MOTDSTART', `- ${serverName} Message of the day - `);
  for (const line of motd) irc.numeric('RPL_MOTD', `- ${line}`);
  return irc.numeric('RPL_ENDOFMOTD', 'End of /MOTD command');
}
