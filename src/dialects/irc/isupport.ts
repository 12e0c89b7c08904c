import { MAX_ACCEPTED } from '../../domain/session.ts';
import { chanmodes, roleModes } from './modes.ts';
import type { IrcOptions } from './options.ts';

/** Modern, "RPL_ISUPPORT": at most 13 tokens to a message. */
const TOKENS_PER_LINE = 12;

const made = new WeakMap<IrcOptions, readonly string[]>();

/** The tokens as each message has them. Made once: every newcomer is sent them. */
export function isupportLines(options: IrcOptions): readonly string[] {
  let lines = made.get(options);
  if (lines === undefined) {
    const tokens = isupportTokens(options);
    const starts = tokens.map((_, index) => index).filter((index) => index % TOKENS_PER_LINE === 0);
    made.set(options, (lines = starts.map((start) => tokens.slice(start, start + TOKENS_PER_LINE).join(' '))));
  }
  return lines;
}

/** The tokens of RPL_ISUPPORT (Modern, "RPL_ISUPPORT parameters"); each only with the feature behind it. */
function isupportTokens(options: IrcOptions): string[] {
  const { limits } = options;
  const letters = roleModes.map(({ letter }) => letter).join('');
  const prefixes = roleModes.map(({ prefix }) => prefix).join('');
  return [
    'ACCOUNTEXTBAN=a',
    `ACCEPT=${MAX_ACCEPTED}`,
    `AWAYLEN=${limits.awayBytes}`,
    'BOT=B',
    'CALLERID=g',
    'CASEMAPPING=ascii',
    `CHANLIMIT=#:${limits.rooms}`,
    `CHANMODES=${chanmodes()}`,
    `CHANNELLEN=${limits.roomNameChars}`,
    'CHANTYPES=#',
    `CHATHISTORY=${limits.historyPage}`,
    ...(options.deniedClientTags.size === 0 ? [] : [`CLIENTTAGDENY=${[...options.deniedClientTags].join(',')}`]),
    'ELIST=CMNTU',
    'EXCEPTS=e',
    'EXTBAN=,am',
    'HOSTLEN=64',
    'INVEX=I',
    `KICKLEN=${limits.reasonBytes}`,
    'LINELEN=512',
    // Letters that share a colon share the limit; ours is for each.
    `MAXLIST=I:${limits.listEntries},b:${limits.listEntries},e:${limits.listEntries}`,
    `MAXTARGETS=${limits.targets}`,
    'MODES=12',
    // In order of preference.
    'MSGREFTYPES=msgid,timestamp',
    `MONITOR=${limits.watched}`,
    `NETWORK=${options.networkName}`,
    `NICKLEN=${limits.nickChars}`,
    `PREFIX=(${letters})${prefixes}`,
    'SAFELIST',
    `STATUSMSG=${prefixes}`,
    `TARGMAX=JOIN:,KICK:${limits.targets},LIST:,NAMES:${limits.targets},NOTICE:${limits.targets},PART:,PRIVMSG:${limits.targets},TAGMSG:${limits.targets},WHOIS:1,WHOWAS:${limits.targets}`,
    `TOPICLEN=${limits.topicBytes}`,
    `USERLEN=${limits.userChars}`,
    'UTF8ONLY',
    'WHOX',
  ].toSorted((a, b) => (a < b ? -1 : 1));
}
