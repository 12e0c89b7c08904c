import type { NickProblem } from '../../domain/nick.ts';
import type { PasswordProblem } from '../../domain/passwords.ts';
import type { EntryProblem, OneRefusal, Refusal, SpeechProblem } from '../../domain/refusal.ts';
import type { RoomNameProblem } from '../../domain/room-name.ts';
import { printable } from '../../protocol/plain/printable.ts';
import { waitText } from './show.ts';

const ENTRY_PROBLEMS: Readonly<Record<EntryProblem, string>> = {
  banned: 'you are banned there',
  'invite-only': 'only those who are invited may',
  'wrong-key': 'it needs a key',
  full: 'it is full',
  'registered-only': 'only those with an account may',
  'secure-only': 'only those on an encrypted connection may',
  'too-many-joins': 'too many people are coming in; try again in a while',
};

const SPEECH_PROBLEMS: Readonly<Record<Exclude<SpeechProblem, 'not-in-room'>, string>> = {
  moderated: 'only those with a voice may speak',
  banned: 'you may not speak',
  'registered-only': 'only those with an account may speak',
  'no-formatting': 'colours and the like are not wanted',
  'no-ctcp': 'queries to programs are not wanted',
};

/** A refusal in words: what did not happen and what to do about it. Lines without the leading "* ". */
export function refusalTexts(refusal: Refusal): string[] {
  return refusal.kind === 'several' ? refusal.refusals.map(refusalText) : [refusalText(refusal)];
}

function refusalText(refusal: OneRefusal): string {
  switch (refusal.kind) {
    case 'bad-nick':
      return `${quoted(refusal.nick)} cannot be a name: ${nickProblemText(refusal.problem)}`;
    case 'nick-taken':
      return `the name ${refusal.nick} is taken; pick another with /nick NAME`;
    case 'bad-room-name':
      return `${quoted(refusal.room)} cannot be a room: ${roomProblemText(refusal.problem)}`;
    case 'no-such-room':
      return `there is no room ${quoted(refusal.room)}; /rooms lists them, /join makes one`;
    case 'room-name-taken':
      return `the name ${refusal.room} is taken: a room is called so, or was when something was said there`;
    case 'room-too-large':
      return `a room with more than ${refusal.max} people in it keeps its name`;
    case 'room-fixed':
      return `${refusal.room} keeps its name: it is where everybody begins`;
    case 'no-such-person':
      return `nobody here is called ${quoted(refusal.name)}; /who lists who is`;
    case 'not-in-room':
      return `you are not in ${refusal.room}; /join ${refusal.room} first`;
    case 'already-in-room':
      return `you are in ${refusal.room} already`;
    case 'not-logged-in':
      return 'that is for people with an account; /login first, or /register to make one';
    case 'room-owned':
      return `${refusal.room} belongs to somebody already`;
    case 'room-not-owned':
      return `${quoted(refusal.room)} belongs to nobody; its operator can make it theirs with /own`;
    case 'too-many-own-rooms':
      return `you have ${refusal.max} rooms of your own, which is the most; give one up first`;
    case 'access-full':
      return `${refusal.max} accounts have roles in ${refusal.room}, which is the most; remove one first`;
    case 'nick-owned':
      return `the name ${refusal.nick} belongs to an account; /login to use it, or pick another with /nick NAME`;
    case 'account-taken':
      return `there is an account ${refusal.account} already; pick another name`;
    case 'no-such-account':
      return `there is no account ${quoted(refusal.account)}`;
    case 'not-your-account':
      return `the account ${refusal.account} is not yours`;
    case 'not-your-presence':
      return `${quoted(refusal.name)} is not you, or is this very connection`;
    case 'not-suspended':
      return `the account ${refusal.account} is not suspended`;
    case 'too-many-nicks':
      return `the account has ${refusal.max} names, which is the most`;
    case 'nick-not-grouped':
      return `${quoted(refusal.nick)} does not belong to the account`;
    case 'nick-is-account':
      return `${refusal.nick} is the name of the account itself`;
    case 'bad-fingerprint':
      return 'that is no fingerprint of a certificate: it has 64 digits (SHA-256)';
    case 'fingerprint-taken':
      return 'another account is entered with that certificate';
    case 'too-many-fingerprints':
      return `the account is entered with ${refusal.max} certificates, which is the most`;
    case 'no-such-fingerprint':
      return 'the account is not entered with that certificate';
    case 'last-way-in':
      return 'nobody could enter the account then: give it a password first';
    case 'account-suspended':
      return `the account ${refusal.account} is suspended${refusal.reason === '' ? '' : `: ${printable(refusal.reason)}`}`;
    case 'bad-password':
      return `that cannot be a password: ${passwordProblemText(refusal.problem)}`;
    case 'wrong-password':
      return 'that is not right: there is no such account, or it has another password';
    case 'unknown-certificate':
      return 'you have shown no certificate that an account is entered with';
    case 'too-many-guesses':
      return `too many wrong passwords; try again in ${waitText(refusal.retryMs)}`;
    case 'no-new-accounts':
      return 'only operators of this server make accounts';
    case 'email-needed':
      return 'an account needs an address of e-mail here: /register PASSWORD ADDRESS';
    case 'bad-email':
      return `${quoted(refusal.email)} is no address of e-mail`;
    case 'too-many-new-accounts':
      return `too many accounts were made just now; try again in ${waitText(refusal.retryMs)}`;
    case 'too-busy':
      return `the server is busy; try again in ${waitText(refusal.retryMs)}`;
    case 'nick-fixed':
      if (refusal.why === 'banned') return `you may not speak in ${refusal.room}, nor change names; /part it first`;
      return `nobody may change names in ${refusal.room} now; /part it first`;
    case 'person-not-in-room':
      return `${refusal.name} is not in ${refusal.room}`;
    case 'person-already-in-room':
      return `${refusal.name} is in ${refusal.room} already`;
    case 'no-entry':
      return `you cannot enter ${refusal.room}: ${ENTRY_PROBLEMS[refusal.problem]}`;
    case 'no-speech':
      if (refusal.problem === 'not-in-room') return `you are not in ${refusal.room}; /join ${refusal.room} first`;
      return `not sent: ${SPEECH_PROBLEMS[refusal.problem]} in ${refusal.room}`;
    case 'not-accepted':
      return `not sent: ${refusal.name} takes private messages from few people, and you are not one of them`;
    case 'no-kicks':
      return `nobody is put out of ${refusal.room}`;
    case 'list-full':
      return `that list of ${refusal.room} is full (at most ${refusal.max}); remove an entry first`;
    case 'watch-list-full':
      return `you watch ${refusal.max} names, which is the most`;
    case 'banned-from-server':
      return `you are banned from this server${refusal.reason === '' ? '' : `: ${printable(refusal.reason)}`}`;
    case 'bad-network':
      return `${quoted(refusal.text)} is no address or network`;
    case 'bans-oneself':
      return `${quoted(refusal.mask)} would ban you`;
    case 'no-such-server-ban':
      return `there is no such ban: ${quoted(refusal.mask)}`;
    case 'too-many-server-bans':
      return `there are ${refusal.max} bans, which is the most; lift one first`;
    case 'not-own-message':
      return 'only who said it can take it back';
    case 'too-late-to-redact':
      return `what was said can be taken back for ${refusal.hours} h`;
    case 'not-kept':
      return 'not done: the server cannot write to its history now; try again later';
    case 'not-readable':
      return 'the server cannot read its history now; try again later';
    case 'not-server-operator':
      return 'only an operator of the server can do that';
    case 'too-many-rooms':
      return `you are in ${refusal.max} rooms, which is the most; /part one first`;
    case 'server-full':
      return `the server is full (at most ${refusal.max}); try again later`;
    case 'no-such-forward':
      return `${refusal.room} cannot send people on to ${quoted(refusal.forward)}: there is no such room`;
    case 'not-own-metadata':
      return `what is said about ${refusal.name} is theirs to say`;
    case 'metadata-not-set':
      return `nothing is said there about ${refusal.key}`;
    case 'metadata-full':
      return `that is more than the ${refusal.max} things that may be said`;
    case 'too-many-subscriptions':
      return `you are told of ${refusal.max} kinds of things already, which is the most`;
    case 'not-operator':
      return `only an operator of ${refusal.room} can do that`;
    case 'too-many-devices':
      return `you are here with ${refusal.max} devices already, which is the most; close one first`;
    case 'no-text':
      return 'there is nothing to send';
    case 'text-too-long':
      return `not sent: the text is too long (at most ${refusal.maxBytes} bytes); send it in pieces`;
    case 'not-connected':
      return 'you are no longer connected';
  }
}

/** Text of somebody's own, shown back to them: shortened, and harmless. */
function quoted(text: string): string {
  const shown = printable(text);
  return `"${shown.length > 40 ? `${shown.slice(0, 40)}...` : shown}"`;
}

function nickProblemText(problem: NickProblem): string {
  switch (problem.kind) {
    case 'empty':
      return 'it is empty';
    case 'too-long':
      return `it is longer than ${problem.maxChars} characters`;
    case 'bad-start':
      return 'it must begin with a letter';
    case 'bad-character':
      return `it must be letters, digits and any of - _ [ ] { } \\ | ^ \`, not ${quoted(problem.character)}`;
    case 'mixed-scripts':
      return 'it mixes alphabets whose letters look alike';
    case 'reserved':
      return 'names like that are kept for guests';
  }
}

function passwordProblemText(problem: PasswordProblem): string {
  switch (problem.kind) {
    case 'too-short':
      return `it is shorter than ${problem.minChars} characters`;
    case 'too-long':
      return `it is longer than ${problem.maxBytes} bytes`;
    case 'bad-character':
      return 'it has a character in it that cannot be typed everywhere';
  }
}

function roomProblemText(problem: RoomNameProblem): string {
  switch (problem.kind) {
    case 'empty':
      return 'it is empty';
    case 'no-hash':
      return 'it must begin with #';
    case 'too-long':
      return `it is longer than ${problem.maxChars} characters`;
    case 'bad-character':
      return `it must not have ${quoted(problem.character)} in it`;
  }
}
