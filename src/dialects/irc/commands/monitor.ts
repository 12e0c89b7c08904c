import { watch } from '../../../domain/actions/watch.ts';
import { nickKey, parseNick, type NickKey } from '../../../domain/nick.ts';
import { fullName } from '../../../domain/mask.ts';
import { defineIrcCommand } from '../command.ts';
import { MAX_BODY_BYTES } from '../line.ts';
import { syncPerson } from '../metadata.ts';
import { packLines } from '../pack-lines.ts';
import type { IrcSession } from '../session.ts';

/** Nicks that one refusal names, in bytes. */
const MAX_REFUSED_BYTES = 300;

/** MONITOR + | - | C | L | S (IRCv3 monitor). */
export const monitor = defineIrcCommand({
  verb: 'MONITOR',
  params: { min: 1 },
  stage: 'registered',
  cost: 0.5,
  isOfArriving: true,
  help: { usage: 'MONITOR +|- <nick>{,<nick>} or MONITOR C|L|S', summary: 'Tells when people come and go.' },
  run(irc, [what = '', targets = '']) {
    const names = targets.split(',').filter((name) => name !== '');
    const sign = what.toUpperCase();
    if ((sign === '+' || sign === '-') && names.length === 0) {
      return irc.numeric('ERR_NEEDMOREPARAMS', 'MONITOR', 'Not enough parameters');
    }
    switch (sign) {
      case '+': {
        add(
          irc,
          names.filter((name) => isNick(irc, name)),
        );
        // Nobody is called what is no nick, and nobody will be.
        sendStatus(
          irc,
          names.filter((name) => isWatched(irc, name) || !isNick(irc, name)),
        );
        return syncWatched(irc, names);
      }
      case '-':
        irc.act(watch, { device: irc.host.device, remove: names });
        return undefined;
      case 'C':
        irc.act(watch, { device: irc.host.device, remove: 'all' });
        return undefined;
      case 'L':
        sendNames(irc, 'RPL_MONLIST', [...watchedBy(irc).values()]);
        return irc.numeric('RPL_ENDOFMONLIST', 'End of MONITOR list');
      case 'S':
        return sendStatus(irc, [...watchedBy(irc).values()]);
      default:
        return irc.numeric('ERR_NEEDMOREPARAMS', 'MONITOR', 'Not enough parameters');
    }
  },
});

/** Whether somebody could be called so; nobody can be watched by anything else. */
function isNick(irc: IrcSession, name: string): boolean {
  const parsed = parseNick(name, irc.options.limits.nickChars);
  // Guests are called what nobody may choose.
  return parsed.ok || parsed.error.kind === 'reserved';
}

/** Watches as many as there is room for; the others are refused. */
function add(irc: IrcSession, names: readonly string[]): void {
  const max = irc.options.limits.watched;
  const fresh = new Map(names.filter((name) => !isWatched(irc, name)).map((name) => [nickKey(name), name]));
  const free = Math.max(0, max - watchedBy(irc).size);
  const wanted = [...fresh.values()];
  irc.act(watch, { device: irc.host.device, add: wanted.slice(0, free) });
  for (const line of packLines(wanted.slice(free), ',', MAX_REFUSED_BYTES)) {
    irc.refused({ kind: 'watch-list-full', names: line.split(','), max });
  }
}

function isWatched(irc: IrcSession, name: string): boolean {
  return watchedBy(irc).has(nickKey(name));
}

/** What this very client watches: the other devices of the same person have lists of their own. */
function watchedBy({ device }: IrcSession): ReadonlyMap<NickKey, string> {
  return device?.watched ?? new Map();
}

/** Those that are here with what they say about themselves, for those who want to know of it (IRCv3 metadata). */
function syncWatched(irc: IrcSession, names: readonly string[]): void {
  for (const name of names) {
    const session = isWatched(irc, name) ? irc.host.chat.find(name) : undefined;
    if (session !== undefined) syncPerson(irc, session);
  }
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

function sendNames(
  irc: IrcSession,
  numeric: 'RPL_MONLIST' | 'RPL_MONONLINE' | 'RPL_MONOFFLINE',
  names: readonly string[],
): void {
  const space = MAX_BODY_BYTES - Buffer.byteLength(irc.numericLine(numeric, '').body);
  for (const line of packLines(names, ',', space)) irc.numeric(numeric, line);
}
