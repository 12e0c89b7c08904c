import { watch } from '../../../domain/actions/watch.ts';
import { nickKey } from '../../../domain/nick.ts';
import { fullName } from '../../../domain/mask.ts';
import { defineIrcCommand } from '../command.ts';
import { MAX_BODY_BYTES } from '../line.ts';
import type { IrcSession } from '../session.ts';

/** MONITOR + | - | C | L | S (IRCv3 monitor). */
export const monitor = defineIrcCommand({
  verb: 'MONITOR',
  params: { min: 1 },
  stage: 'registered',
  cost: 0.5,
  help: { usage: 'MONITOR +|- <nick>{,<nick>} or MONITOR C|L|S', summary: 'Tells when people come and go.' },
  run(irc, [what = '', targets = '']) {
    const names = targets.split(',').filter((name) => name !== '');
    switch (what.toUpperCase()) {
      case '+':
        irc.act(watch, { add: names });
        return sendStatus(
          irc,
          names.filter((name) => isWatched(irc, name)),
        );
      case '-':
        return irc.act(watch, { remove: names });
      case 'C':
        return irc.act(watch, { remove: 'all' });
      case 'L':
        sendNames(irc, 'RPL_MONLIST', [...(irc.me?.watched.values() ?? [])]);
        return irc.numeric('RPL_ENDOFMONLIST', 'End of MONITOR list');
      case 'S':
        return sendStatus(irc, [...(irc.me?.watched.values() ?? [])]);
      default:
        return irc.numeric('ERR_NEEDMOREPARAMS', 'MONITOR', 'Not enough parameters');
    }
  },
});

function isWatched(irc: IrcSession, name: string): boolean {
  return irc.me?.watched.has(nickKey(name)) === true;
}

function sendStatus(irc: IrcSession, names: readonly string[]): void {
  const found = names.map((name) => [name, irc.host.chat.find(name)] as const);
  sendNames(
    irc,
    'RPL_MONONLINE',
    found.flatMap(([, session]) => (session === undefined ? [] : [fullName(session.persona)])),
  );
  sendNames(
    irc,
    'RPL_MONOFFLINE',
    found.flatMap(([name, session]) => (session === undefined ? [name] : [])),
  );
}

/** Names as many to a line as fit. */
function sendNames(
  irc: IrcSession,
  numeric: 'RPL_MONLIST' | 'RPL_MONONLINE' | 'RPL_MONOFFLINE',
  names: readonly string[],
): void {
  const space = MAX_BODY_BYTES - Buffer.byteLength(`:${irc.options.serverName} 730 ${irc.name} :`);
  let line = '';
  for (const name of names) {
    const longer = line === '' ? name : `${line},${name}`;
    if (Buffer.byteLength(longer) > space) {
      irc.numeric(numeric, line);
      line = name;
    } else line = longer;
  }
  if (line !== '') irc.numeric(numeric, line);
}
