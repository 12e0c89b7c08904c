import { matchesMask } from '../../../domain/mask.ts';
import { isVisibleTo, seesMember, type Room } from '../../../domain/room.ts';
import type { Session } from '../../../domain/session.ts';
import { defineIrcCommand } from '../command.ts';
import { knownAddress } from '../known-address.ts';
import type { OutgoingLine } from '../line.ts';
import { prefixes } from '../modes.ts';
import { middle } from '../refusal-numerics.ts';
import type { IrcSession } from '../session.ts';

/** People that a mask lists at most. */
const MAX_MATCHES = 500;
/** The order of WHOX fields, whatever order they were asked for in. */
const WHOX_FIELDS = 'tcuihsnfdlaor';

/** WHO <mask> [o][%fields[,token]] (RFC 2812 section 3.6.1, WHOX). The mask `0` is everybody. */
export const who = defineIrcCommand({
  verb: 'WHO',
  params: { min: 0 },
  stage: 'registered',
  cost: 0.5,
  isOfArriving: true,
  help: { usage: 'WHO <channel|mask> [o][%tcuihsnfdlaor[,token]]', summary: 'Lists people.' },
  run(irc, [mask = '*', options = '']) {
    const [flags = '', fieldText] = options.split('%');
    const [fields, tokenText = ''] = fieldText === undefined ? [undefined] : fieldText.split(',');
    const token = /^\d{1,3}$/.test(tokenText) ? tokenText : '0';
    const onlyOperators = flags.includes('o');
    const replies = function* (): Generator<OutgoingLine> {
      for (const [session, room] of matches(irc, mask === '0' ? '*' : mask)) {
        if (onlyOperators && !session.flags.has('operator')) continue;
        if (fields === undefined) yield whoReply(irc, session, room);
        else yield irc.numericLine('RPL_WHOSPCRPL', ...whoxValues(irc, session, room, fields, token));
      }
    };
    irc.lines(replies());
    irc.numeric('RPL_ENDOFWHO', middle(mask), 'End of WHO list');
  },
});

/** The people whom a mask, or the name of a channel, stands for. */
function* matches(irc: IrcSession, mask: string): Generator<readonly [Session, Room | undefined]> {
  const { chat } = irc.host;
  const { me } = irc;
  if (me === undefined) return;
  if (mask.startsWith('#')) {
    const room = irc.lookUpRoom(mask);
    if (room === undefined || !isVisibleTo(room, me)) return;
    const isMember = room.members.has(me.id);
    for (const { session } of room.members.values()) {
      const isShy = !isMember && session.flags.has('invisible');
      if (!isShy && seesMember(room, me, session.id)) yield [session, room];
    }
    return;
  }
  const exact = chat.find(mask);
  if (exact !== undefined) return yield [exact, undefined];
  let found = 0;
  for (const session of chat.sessions.values()) {
    if (found === MAX_MATCHES) break;
    const sharesRoom = [...session.rooms.keys()].some((name) => me.rooms.has(name));
    const isVisible = session.isPresent && (!session.flags.has('invisible') || sharesRoom || session === me);
    const { name, user, host, realName } = session.persona;
    if (!isVisible || ![name, user, host, realName].some((text) => matchesMask(mask, text))) continue;
    found++;
    yield [session, undefined];
  }
}

/** Here or gone, operator of the server, membership prefixes, and then what else there is (Modern, "RPL_WHOREPLY"). */
function whoFlags(irc: IrcSession, session: Session, room: Room | undefined): string {
  const roles = room?.members.get(session.id)?.roles;
  return [
    session.away === undefined ? 'H' : 'G',
    session.flags.has('operator') ? '*' : '',
    roles === undefined ? '' : prefixes(roles, irc.has('multi-prefix')),
    session.persona.isBot ? 'B' : '',
  ].join('');
}

function whoReply(irc: IrcSession, session: Session, room: Room | undefined): OutgoingLine {
  const { name, user, host, realName } = session.persona;
  const { serverName } = irc.options;
  return irc.numericLine(
    'RPL_WHOREPLY',
    room?.title ?? '*',
    user,
    host,
    serverName,
    name,
    whoFlags(irc, session, room),
    `0 ${realName}`,
  );
}

function whoxValues(
  irc: IrcSession,
  session: Session,
  room: Room | undefined,
  fields: string,
  token: string,
): string[] {
  const { name, user, host, realName, account } = session.persona;
  const values: Readonly<Record<string, string>> = {
    t: token,
    c: room?.title ?? '*',
    u: user,
    // What the WHOX specification has for an address that is not to be known.
    i: knownAddress(irc, session) ?? '255.255.255.255',
    h: host,
    s: irc.options.serverName,
    n: name,
    f: whoFlags(irc, session, room),
    d: '0',
    l: `${Math.floor((Date.now() - session.activeAt) / 1000)}`,
    a: account ?? '0',
    o: 'n/a',
    r: realName,
  };
  return WHOX_FIELDS.split('')
    .filter((field) => fields.includes(field))
    .map((field) => values[field] ?? '');
}
