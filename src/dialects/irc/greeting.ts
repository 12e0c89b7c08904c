import { isupportLines } from './isupport.ts';
import type { IrcSession } from './session.ts';
import { timed } from './time-tag.ts';

/** All tokens; in a batch for those who know of such (IRCv3 extended-isupport, "`draft/isupport` batch"). */
export function sendIsupport(irc: IrcSession): void {
  const lines = isupportLines(irc.options).map((tokens) =>
    irc.numericLine('RPL_ISUPPORT', tokens, 'are supported by this server'),
  );
  if (irc.has('draft/extended-isupport'))
    irc.batch('draft/isupport', [], irc.has('server-time') ? lines.map(timed) : lines);
  else irc.lines(lines);
}

/** RFC 2812 section 3.4.2, with the numerics that Modern adds. */
export function sendLusers(irc: IrcSession): void {
  const { sessions, rooms, permanentRooms, census } = irc.host.chat;
  const { present, invisible, operators, mostPresent } = census;
  const visible = present - invisible;
  const emptyRooms = permanentRooms.filter(({ members }) => members.size === 0).length;
  irc.numeric('RPL_LUSERCLIENT', `There are ${visible} users and ${invisible} invisible on 1 server(s)`);
  irc.numeric('RPL_LUSEROP', `${operators}`, 'IRC Operators online');
  irc.numeric('RPL_LUSERUNKNOWN', `${sessions.size - present}`, 'unregistered connections');
  irc.numeric('RPL_LUSERCHANNELS', `${rooms.size - emptyRooms}`, 'channels formed');
  irc.numeric('RPL_LUSERME', `I have ${present} clients and 0 servers`);
  const [now, most] = [`${present}`, `${mostPresent}`];
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
