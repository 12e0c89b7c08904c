import { isVisibleTo, seesMember } from '../../../domain/room.ts';
import type { Session } from '../../../domain/session.ts';
import { awayText } from '../away-text.ts';
import { defineIrcCommand } from '../command.ts';
import { VISIBILITY } from '../metadata.ts';
import { prefixes, userModesText } from '../modes.ts';
import { knownAddress } from '../known-address.ts';
import { packLines } from '../pack-lines.ts';
import { middle } from '../refusal-numerics.ts';
import { isThisServer } from '../server-target.ts';
import type { IrcSession } from '../session.ts';

/** Bytes of channel names that go into one RPL_WHOISCHANNELS. */
const CHANNELS_BYTES = 350;

/** IRCv3 metadata, "RPL_WHOISKEYVALUE": "This subset MUST be chosen explicitly, and optimised for keys that can be easily read". */
const READABLE_KEYS: ReadonlySet<string> = new Set([
  'display-name',
  'homepage',
  'location',
  'pronouns',
  'status',
  'url',
]);

/** WHOIS [<server>] <nick> (RFC 2812 section 3.6.2, Modern). */
export const whois = defineIrcCommand({
  verb: 'WHOIS',
  params: { min: 0 },
  stage: 'registered',
  cost: 0.5,
  help: { usage: 'WHOIS <nick>', summary: 'Tells about somebody.' },
  run(irc, params) {
    const name = params[1] ?? params[0];
    if (name === undefined || name === '') return irc.numeric('ERR_NONICKNAMEGIVEN', 'No nickname given');
    if (params[1] !== undefined && !isThisServer(irc, params[0])) return;
    const [first = ''] = name.split(',');
    const session = irc.host.chat.find(first);
    if (session === undefined) irc.refused({ kind: 'no-such-person', name: first });
    else sendWhois(irc, session);
    return irc.numeric('RPL_ENDOFWHOIS', middle(first), 'End of /WHOIS list');
  },
});

function sendWhois(irc: IrcSession, session: Session): void {
  const { persona, flags } = session;
  const { name, user, host, realName, account } = persona;
  const { serverName, networkName, description } = irc.options;
  const isOwn = session.id === irc.host.session;
  const seesAll = isOwn || irc.me?.flags.has('operator') === true;
  irc.numeric('RPL_WHOISUSER', name, user, host, '*', realName);
  sendChannels(irc, session);
  irc.numeric('RPL_WHOISSERVER', name, serverName, description);
  if (flags.has('operator')) irc.numeric('RPL_WHOISOPERATOR', name, 'is an IRC operator');
  if (account !== undefined) irc.numeric('RPL_WHOISACCOUNT', name, account, 'is logged in as');
  if (persona.isBot) irc.numeric('RPL_WHOISBOT', name, `is a Bot on ${networkName}`);
  if (session.isSecure) irc.numeric('RPL_WHOISSECURE', name, 'is using a secure connection');
  // Clients read the form that Ergo, Hybrid and UnrealIRCd send.
  const address = knownAddress(irc, session);
  if (address !== undefined) {
    irc.numeric('RPL_WHOISACTUALLY', name, `${user}@${host}`, address, 'Actual user@host, Actual IP');
  }
  if (seesAll) irc.numeric('RPL_WHOISMODES', name, `is using modes ${userModesText(session)}`);
  if (seesAll && session.certificateFingerprint !== undefined) {
    irc.numeric('RPL_WHOISCERTFP', name, `has client certificate fingerprint ${session.certificateFingerprint}`);
  }
  for (const [key, value] of irc.host.chat.metadata.of(persona.identity)) {
    if (!READABLE_KEYS.has(key)) continue;
    const { body } = irc.numericLine('RPL_WHOISKEYVALUE', name, key, VISIBILITY);
    irc.line({ tags: [], body: `${body} :${value}` });
  }
  if (session.away !== undefined) irc.numeric('RPL_AWAY', name, awayText(session.away));
  const idleSeconds = Math.floor((Date.now() - session.activeAt) / 1000);
  irc.numeric(
    'RPL_WHOISIDLE',
    name,
    `${idleSeconds}`,
    `${Math.floor(session.connectedAt / 1000)}`,
    'seconds idle, signon time',
  );
}

function sendChannels(irc: IrcSession, session: Session): void {
  const { me } = irc;
  if (me === undefined) return;
  const isShy = session.flags.has('invisible') && session !== me && !me.flags.has('operator');
  const shown = [...session.rooms.values()].filter(
    (room) => isVisibleTo(room, me) && seesMember(room, me, session.id) && (!isShy || me.rooms.has(room.name)),
  );
  const items = shown.map((room) => {
    const roles = room.members.get(session.id)?.roles ?? new Set();
    return prefixes(roles, irc.has('multi-prefix')) + room.title;
  });
  for (const line of packLines(items, ' ', CHANNELS_BYTES)) {
    irc.numeric('RPL_WHOISCHANNELS', session.persona.name, line);
  }
}
