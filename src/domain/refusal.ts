import type { NickProblem } from './nick.ts';
import type { PasswordProblem } from './passwords.ts';
import type { Role } from './role.ts';
import type { RoomNameProblem } from './room-name.ts';
import type { RoomList } from './room.ts';

/** Why somebody may not come into a room. */
export type EntryProblem =
  | 'banned'
  | 'invite-only'
  | 'wrong-key'
  | 'full'
  | 'registered-only'
  | 'secure-only'
  | 'too-many-joins';

/** Why somebody may not say a thing in a room. */
export type SpeechProblem = 'not-in-room' | 'moderated' | 'banned' | 'registered-only' | 'no-formatting' | 'no-ctcp';

/** Why somebody does not take a private message. */
export type PrivacyProblem = 'registered-only' | 'callers-accepted' | 'no-ctcp';

/** Why something was not done: the asker's to mend. Carries facts, no words; each dialect has words of its own. */
export type Refusal =
  | OneRefusal
  /** Several things were asked for at once, and none of them was done. */
  | { readonly kind: 'several'; readonly refusals: readonly OneRefusal[] };

export type OneRefusal =
  | { readonly kind: 'bad-nick'; readonly nick: string; readonly problem: NickProblem }
  | { readonly kind: 'nick-taken'; readonly nick: string }
  | { readonly kind: 'not-logged-in' }
  /** The room belongs to an account already, or cannot belong to one. */
  | { readonly kind: 'room-owned'; readonly room: string }
  | { readonly kind: 'room-not-owned'; readonly room: string }
  | { readonly kind: 'too-many-own-rooms'; readonly max: number }
  | { readonly kind: 'access-full'; readonly room: string; readonly max: number }
  /** The nick, or the name, belongs to an account that is not the asker's. */
  | { readonly kind: 'nick-owned'; readonly nick: string }
  | { readonly kind: 'account-taken'; readonly account: string }
  | { readonly kind: 'no-such-account'; readonly account: string }
  | { readonly kind: 'not-your-account'; readonly account: string }
  | { readonly kind: 'not-your-presence'; readonly name: string }
  | { readonly kind: 'not-suspended'; readonly account: string }
  | { readonly kind: 'too-many-nicks'; readonly max: number }
  | { readonly kind: 'nick-not-grouped'; readonly nick: string }
  /** The name of an account is a nick of it as long as it is called so. */
  | { readonly kind: 'nick-is-account'; readonly nick: string }
  | { readonly kind: 'bad-fingerprint' }
  | { readonly kind: 'fingerprint-taken' }
  | { readonly kind: 'too-many-fingerprints'; readonly max: number }
  | { readonly kind: 'no-such-fingerprint' }
  /** Nobody could enter the account any more. */
  | { readonly kind: 'last-way-in' }
  | { readonly kind: 'account-suspended'; readonly account: string; readonly reason: string }
  | {
      readonly kind: 'nick-fixed';
      readonly nick: string;
      readonly room: string;
      readonly why: 'no-nick-changes' | 'banned';
    }
  | { readonly kind: 'bad-password'; readonly problem: PasswordProblem }
  /** Or there is no such account: which of the two is nobody's business. */
  | { readonly kind: 'wrong-password' }
  | { readonly kind: 'unknown-certificate' }
  /** Too much that was wrong has been tried. */
  | { readonly kind: 'too-many-guesses'; readonly retryMs: number }
  | { readonly kind: 'no-new-accounts' }
  | { readonly kind: 'email-needed' }
  | { readonly kind: 'bad-email'; readonly email: string }
  | { readonly kind: 'too-many-new-accounts'; readonly retryMs: number }
  /** Work of this kind is waiting already, more than is good. */
  | { readonly kind: 'too-busy'; readonly retryMs: number }
  | { readonly kind: 'bad-room-name'; readonly room: string; readonly problem: RoomNameProblem }
  | { readonly kind: 'no-such-room'; readonly room: string }
  /** There is a room of that name, or what was said in one. */
  | { readonly kind: 'room-name-taken'; readonly room: string }
  /** The room is the one that everybody finds by its name. */
  | { readonly kind: 'room-fixed'; readonly room: string }
  /** Too many people would have to be told. */
  | { readonly kind: 'room-too-large'; readonly room: string; readonly max: number }
  | { readonly kind: 'no-such-person'; readonly name: string }
  | { readonly kind: 'not-in-room'; readonly room: string }
  | { readonly kind: 'person-not-in-room'; readonly name: string; readonly room: string }
  | { readonly kind: 'already-in-room'; readonly room: string }
  | { readonly kind: 'person-already-in-room'; readonly name: string; readonly room: string }
  | {
      readonly kind: 'no-entry';
      readonly room: string;
      readonly problem: EntryProblem;
      readonly forward: string | undefined;
    }
  | { readonly kind: 'no-speech'; readonly room: string; readonly problem: SpeechProblem }
  | { readonly kind: 'not-accepted'; readonly name: string; readonly why: PrivacyProblem }
  | { readonly kind: 'too-many-rooms'; readonly room: string; readonly max: number }
  | { readonly kind: 'server-full'; readonly max: number }
  /** A room may only send people on to one that is there. */
  | { readonly kind: 'no-such-forward'; readonly room: string; readonly forward: string }
  | { readonly kind: 'not-operator'; readonly room: string; readonly needed: Role }
  | { readonly kind: 'no-kicks'; readonly room: string }
  | { readonly kind: 'list-full'; readonly room: string; readonly list: RoomList; readonly max: number }
  | { readonly kind: 'watch-list-full'; readonly names: readonly string[]; readonly max: number }
  | { readonly kind: 'too-many-devices'; readonly max: number }
  | { readonly kind: 'not-own-metadata'; readonly name: string }
  | { readonly kind: 'metadata-not-set'; readonly key: string }
  | { readonly kind: 'metadata-full'; readonly max: number }
  | { readonly kind: 'too-many-subscriptions'; readonly max: number }
  | { readonly kind: 'no-text' }
  | { readonly kind: 'text-too-long'; readonly maxBytes: number }
  | { readonly kind: 'banned-from-server'; readonly reason: string }
  | { readonly kind: 'bad-network'; readonly text: string }
  | { readonly kind: 'bans-oneself'; readonly mask: string }
  | { readonly kind: 'no-such-server-ban'; readonly mask: string }
  | { readonly kind: 'too-many-server-bans'; readonly max: number }
  /** Only its author may take it back, or those who keep order where it was said. */
  | { readonly kind: 'not-own-message'; readonly id: string }
  | { readonly kind: 'too-late-to-redact'; readonly id: string; readonly hours: number }
  /** History cannot be written to: nothing is said that would be lost. */
  | { readonly kind: 'not-kept' }
  /** What was asked for is in history, which cannot be read. */
  | { readonly kind: 'not-readable' }
  | { readonly kind: 'not-server-operator' }
  | { readonly kind: 'not-connected' };
