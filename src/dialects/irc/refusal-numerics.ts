import type { PasswordProblem } from '../../domain/passwords.ts';
import type { OneRefusal, PrivacyProblem } from '../../domain/refusal.ts';
import type { NumericName } from '../../protocol/irc/numerics.ts';
import { cutText } from './line.ts';
import { roleModes } from './modes.ts';

/** A refusal as a numeric: its name, and the parameters behind the client's own name. */
export type NumericReply = readonly [NumericName, ...string[]];

const ENTRY: Readonly<Record<(OneRefusal & { kind: 'no-entry' })['problem'], readonly [NumericName, string]>> = {
  banned: ['ERR_BANNEDFROMCHAN', 'Cannot join channel (+b)'],
  'invite-only': ['ERR_INVITEONLYCHAN', 'Cannot join channel (+i)'],
  'wrong-key': ['ERR_BADCHANNELKEY', 'Cannot join channel (+k)'],
  full: ['ERR_CHANNELISFULL', 'Cannot join channel (+l)'],
  'registered-only': ['ERR_NEEDREGGEDNICK', 'Cannot join channel (+R): you need to be logged in'],
  'secure-only': ['ERR_SECUREONLYCHAN', 'Cannot join channel (+z): you need to use TLS'],
  'too-many-joins': ['ERR_THROTTLE', 'Cannot join channel (+j): too many joins, try again later'],
};

const SPEECH: Readonly<Record<(OneRefusal & { kind: 'no-speech' })['problem'], string>> = {
  'not-in-room': 'Cannot send to channel (+n): you are not in it',
  moderated: 'Cannot send to channel (+m): you have no voice',
  banned: 'Cannot send to channel (+b): you are banned or muted',
  'registered-only': 'Cannot send to channel (+M): you need to be logged in',
  'no-formatting': 'Cannot send to channel (+c): colours and formatting are not allowed',
  'no-ctcp': 'Cannot send to channel (+C): CTCP is not allowed',
};

const NOT_ACCEPTED: Readonly<Record<PrivacyProblem, (name: string) => NumericReply>> = {
  'registered-only': (name) => ['ERR_NEEDREGGEDNICK', name, 'You must be logged in to message this user (+R)'],
  'callers-accepted': (name) => ['RPL_TARGUMODEG', name, 'is in +g mode (server-side ignore)'],
  'no-ctcp': (name) => ['ERR_CANTSENDTOUSER', name, 'takes no CTCP (+T)'],
};

const LIST_LETTERS = { ban: 'b', 'ban-exception': 'e', 'invite-exception': 'I' } as const;

/** The numeric for a refusal (RFC 2812 section 5.2, Modern "Numerics"). */
export function refusalNumeric(refusal: OneRefusal): NumericReply {
  switch (refusal.kind) {
    case 'bad-nick':
      if (refusal.problem.kind === 'empty') return ['ERR_NONICKNAMEGIVEN', 'No nickname given'];
      return ['ERR_ERRONEUSNICKNAME', middle(refusal.nick), 'Erroneous nickname'];
    case 'nick-taken':
      return ['ERR_NICKNAMEINUSE', refusal.nick, 'Nickname is already in use'];
    case 'not-logged-in':
      return ['ERR_UNKNOWNERROR', '*', 'You must be logged in to an account'];
    case 'room-owned':
      return ['ERR_UNKNOWNERROR', refusal.room, 'That channel is registered already'];
    case 'room-not-owned':
      return ['ERR_UNKNOWNERROR', middle(refusal.room), 'That channel is not registered'];
    case 'too-many-own-rooms':
      return ['ERR_UNKNOWNERROR', '*', `You have registered ${refusal.max} channels, which is the most`];
    case 'access-full':
      return ['ERR_BANLISTFULL', refusal.room, '*', 'The access list is full'];
    case 'nick-owned':
      return ['ERR_NICKNAMEINUSE', refusal.nick, 'Nickname belongs to an account: log in to use it'];
    case 'account-taken':
      return ['ERR_NICKNAMEINUSE', refusal.account, 'There is an account of that name already'];
    case 'no-such-account':
      return ['ERR_SASLFAIL', `There is no account ${middle(refusal.account)}`];
    case 'not-your-account':
      return ['ERR_UNKNOWNERROR', '*', `The account ${refusal.account} is not yours`];
    case 'not-your-presence':
      return ['ERR_UNKNOWNERROR', '*', `${middle(refusal.name)} is not you, or is this very connection`];
    case 'not-suspended':
      return ['ERR_UNKNOWNERROR', '*', `The account ${refusal.account} is not suspended`];
    case 'too-many-nicks':
      return ['ERR_UNKNOWNERROR', '*', `The account has ${refusal.max} nicks, which is the most`];
    case 'nick-not-grouped':
      return ['ERR_UNKNOWNERROR', '*', `${middle(refusal.nick)} does not belong to the account`];
    case 'nick-is-account':
      return ['ERR_UNKNOWNERROR', '*', `${refusal.nick} is the name of the account itself`];
    case 'bad-fingerprint':
      return ['ERR_UNKNOWNERROR', '*', 'That is no fingerprint of a certificate: it has 64 digits (SHA-256)'];
    case 'fingerprint-taken':
      return ['ERR_UNKNOWNERROR', '*', 'Another account is entered with that certificate'];
    case 'too-many-fingerprints':
      return ['ERR_UNKNOWNERROR', '*', `The account is entered with ${refusal.max} certificates, which is the most`];
    case 'no-such-fingerprint':
      return ['ERR_UNKNOWNERROR', '*', 'The account is not entered with that certificate'];
    case 'last-way-in':
      return ['ERR_UNKNOWNERROR', '*', 'Nobody could enter the account then: give it a password first'];
    case 'account-suspended':
      return ['ERR_SASLFAIL', `The account ${refusal.account} is suspended`];
    case 'bad-password':
      return ['ERR_UNKNOWNERROR', '*', `That cannot be a password: ${passwordProblemText(refusal.problem)}`];
    case 'wrong-password':
      return ['ERR_SASLFAIL', 'There is no such account, or it has another password'];
    case 'unknown-certificate':
      return ['ERR_SASLFAIL', 'You have shown no certificate that an account is entered with'];
    case 'too-many-guesses':
      return ['ERR_SASLFAIL', `Too many wrong passwords; try again in ${seconds(refusal.retryMs)}`];
    case 'no-new-accounts':
      return ['ERR_UNKNOWNERROR', '*', 'Only operators of this server make accounts'];
    case 'email-needed':
      return ['ERR_UNKNOWNERROR', '*', 'An account needs an address of e-mail here'];
    case 'bad-email':
      return ['ERR_UNKNOWNERROR', '*', 'That is no address of e-mail'];
    case 'too-many-new-accounts':
      return ['ERR_UNKNOWNERROR', '*', `Too many accounts were made; try again in ${seconds(refusal.retryMs)}`];
    case 'too-busy':
      return ['ERR_UNKNOWNERROR', '*', `The server is busy; try again in ${seconds(refusal.retryMs)}`];
    case 'nick-fixed':
      // 437, which some have for this, is another thing in RFC 2812: clients try another nick at it.
      if (refusal.why === 'banned') {
        return ['ERR_BANONCHAN', refusal.nick, refusal.room, 'Cannot change nickname while banned in that channel'];
      }
      return ['ERR_NONICKCHANGE', refusal.nick, `Cannot change nickname while in ${refusal.room} (+N)`];
    case 'bad-room-name':
      return ['ERR_NOSUCHCHANNEL', middle(refusal.room), 'No such channel'];
    case 'no-such-room':
      return ['ERR_NOSUCHCHANNEL', middle(refusal.room), 'No such channel'];
    case 'room-name-taken':
      return ['ERR_UNKNOWNERROR', refusal.room, 'The channel name is already taken'];
    case 'room-too-large':
      return ['ERR_UNKNOWNERROR', refusal.room, `A channel with more than ${refusal.max} members keeps its name`];
    case 'room-fixed':
      return ['ERR_UNKNOWNERROR', refusal.room, 'This channel keeps its name: it is where everybody begins'];
    case 'no-such-person':
      return ['ERR_NOSUCHNICK', middle(refusal.name), 'No such nick/channel'];
    case 'not-in-room':
      return ['ERR_NOTONCHANNEL', refusal.room, "You're not on that channel"];
    case 'person-not-in-room':
      return ['ERR_USERNOTINCHANNEL', refusal.name, refusal.room, "They aren't on that channel"];
    case 'already-in-room':
      return ['ERR_USERONCHANNEL', '*', refusal.room, 'is already on channel'];
    case 'person-already-in-room':
      return ['ERR_USERONCHANNEL', refusal.name, refusal.room, 'is already on channel'];
    case 'no-entry': {
      if (refusal.forward !== undefined) {
        return ['ERR_LINKCHANNEL', refusal.room, refusal.forward, 'Forwarding to another channel'];
      }
      const [name, text] = ENTRY[refusal.problem];
      return [name, refusal.room, text];
    }
    case 'no-speech':
      return ['ERR_CANNOTSENDTOCHAN', refusal.room, SPEECH[refusal.problem]];
    case 'not-accepted':
      return NOT_ACCEPTED[refusal.why](refusal.name);
    case 'too-many-rooms':
      return ['ERR_TOOMANYCHANNELS', refusal.room, 'You have joined too many channels'];
    case 'server-full':
      return ['ERR_THROTTLE', '*', `The server is full (at most ${refusal.max})`];
    case 'no-such-forward':
      return ['ERR_INVALIDMODEPARAM', refusal.room, 'f', middle(refusal.forward), 'No such channel'];
    case 'not-operator': {
      const letter = roleModes.find(({ role }) => role === refusal.needed)?.letter ?? 'o';
      return ['ERR_CHANOPRIVSNEEDED', refusal.room, `You need +${letter} or higher on that channel`];
    }
    case 'no-kicks':
      return ['ERR_CHANOPRIVSNEEDED', refusal.room, 'Nobody can be kicked from that channel (+Q)'];
    case 'list-full':
      return ['ERR_BANLISTFULL', refusal.room, LIST_LETTERS[refusal.list], 'Channel list is full'];
    case 'watch-list-full':
      return ['ERR_MONLISTFULL', `${refusal.max}`, refusal.names.join(','), 'Monitor list is full'];
    case 'too-many-devices':
      return ['ERR_UNKNOWNERROR', 'NICK', `You are here with ${refusal.max} clients already, which is the most`];
    case 'not-own-metadata':
      return ['ERR_UNKNOWNERROR', refusal.name, 'You do not have permission to set that'];
    case 'metadata-not-set':
      return ['RPL_KEYNOTSET', '*', refusal.key, 'Key not set'];
    case 'metadata-full':
      return ['ERR_UNKNOWNERROR', '*', `There are ${refusal.max} keys, which is the most`];
    case 'too-many-subscriptions':
      return ['ERR_UNKNOWNERROR', '*', `You are subscribed to ${refusal.max} keys, which is the most`];
    case 'no-text':
      return ['ERR_NOTEXTTOSEND', 'No text to send'];
    case 'text-too-long':
      return ['ERR_INPUTTOOLONG', `Text is too long (at most ${refusal.maxBytes} bytes)`];
    case 'banned-from-server':
      return [
        'ERR_YOUREBANNEDCREEP',
        `You are banned from this server${refusal.reason === '' ? '' : ` (${refusal.reason})`}`,
      ];
    case 'bad-network':
      return ['ERR_UNKNOWNERROR', middle(refusal.text), 'That is no address or network'];
    case 'bans-oneself':
      return ['ERR_UNKNOWNERROR', middle(refusal.mask), 'That would ban you'];
    case 'no-such-server-ban':
      return ['ERR_UNKNOWNERROR', middle(refusal.mask), 'There is no such ban'];
    case 'too-many-server-bans':
      return ['ERR_UNKNOWNERROR', '*', `There are ${refusal.max} bans, which is the most`];
    case 'not-own-message':
      return ['ERR_UNKNOWNERROR', '*', 'That is not your message'];
    case 'too-late-to-redact':
      return ['ERR_UNKNOWNERROR', '*', `Messages can be taken back for ${refusal.hours} h`];
    case 'not-kept':
      return ['ERR_UNKNOWNERROR', '*', 'Not done: the server cannot write to its history now; try again later'];
    case 'not-readable':
      return ['ERR_UNKNOWNERROR', '*', 'The server cannot read its history now; try again later'];
    case 'not-server-operator':
      return ['ERR_NOPRIVILEGES', "Permission Denied- You're not an IRC operator"];
    case 'not-connected':
      return ['ERR_NOTREGISTERED', 'You have not registered'];
  }
}

export function passwordProblemText(problem: PasswordProblem): string {
  switch (problem.kind) {
    case 'too-short':
      return `it is shorter than ${problem.minChars} characters`;
    case 'too-long':
      return `it is longer than ${problem.maxBytes} bytes`;
    case 'bad-character':
      return 'it has a character in it that cannot be typed everywhere';
  }
}

function seconds(ms: number): string {
  return `${Math.ceil(ms / 1000)} s`;
}

/** Bytes of a client's text that are shown back to it, so that any reply with it in is a message (RFC 2812 section 2.3). */
const MAX_ECHOED_BYTES = 300;

/** Text of the client's as a parameter that others follow: it must have no space and not be empty. */
export function middle(text: string): string {
  if (text === '' || text.includes(' ') || text.startsWith(':')) return '*';
  return cutText(text, MAX_ECHOED_BYTES)[0] ?? '*';
}
