import type { NickProblem } from './nick.ts';
import type { RoomNameProblem } from './room-name.ts';

/** Why something was not done: the asker's to mend. Carries facts, no words; each dialect has words of its own. */
export type Refusal =
  | { readonly kind: 'bad-nick'; readonly nick: string; readonly problem: NickProblem }
  | { readonly kind: 'nick-taken'; readonly nick: string }
  | { readonly kind: 'bad-room-name'; readonly room: string; readonly problem: RoomNameProblem }
  | { readonly kind: 'no-such-room'; readonly room: string }
  | { readonly kind: 'no-such-person'; readonly name: string }
  | { readonly kind: 'not-in-room'; readonly room: string }
  | { readonly kind: 'already-in-room'; readonly room: string }
  | { readonly kind: 'too-many-rooms'; readonly max: number }
  | { readonly kind: 'server-full'; readonly max: number }
  | { readonly kind: 'not-operator'; readonly room: string }
  | { readonly kind: 'no-text' }
  | { readonly kind: 'text-too-long'; readonly maxBytes: number }
  | { readonly kind: 'not-connected' };
