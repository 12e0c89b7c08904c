import { nickLook, type NickLook } from './nick-look.ts';
import { ok, refuse, type Result } from './result.ts';

declare const brand: unique symbol;
/** The casefolded form of a nickname that has been checked; equal keys are the same nick. Only this file makes one. */
export type NickKey = string & { readonly [brand]: 'NickKey' };

export type NickProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-long'; readonly maxChars: number }
  | { readonly kind: 'bad-start'; readonly character: string }
  | { readonly kind: 'bad-character'; readonly character: string }
  | { readonly kind: 'mixed-scripts' }
  | { readonly kind: 'reserved' };

/**
 * A checked nickname in three forms: the key that people are found by, the look that no two may share, and the spelling
 * that people are shown.
 */
export interface Nick {
  readonly key: NickKey;
  readonly look: NickLook;
  readonly name: string;
}

/** RFC 2812 section 2.3.1 (letter, digit, special, "-"), with letters and digits of every script. */
const ALLOWED = /^[\p{L}\p{M}\p{Nd}\-[\]\\`_^{|}]$/u;
/** Of these, what nobody sees: fillers, variation selectors, joiners. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
/** RFC 2812 has no digit here either; Modern, section "Clients", allows it. */
const BAD_START = /^[\p{M}-]/u;
/**
 * Names that guests are given, so that nobody can pass for one: with a port, the number of a local socket, or a hash. People
 * and programs like to be called `guest1`, and no client's port is that low.
 */
const GUEST = /^guest(?:0\d+|\d{4,5}|-[0-9a-f]{8})(?:-\d+)?$/u;
/** Names that the server itself speaks under. */
const SERVICES: ReadonlySet<string> = new Set(['nickserv', 'chanserv', 'histserv']);
/** Scripts whose letters look alike. A nick keeps to one of them, but for letters that have the look of another's. */
const LOOK_ALIKE_SCRIPTS = ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Cherokee', 'Coptic', 'Lisu'].map(
  (script) => new RegExp(`\\p{Script=${script}}`, 'u'),
);

/** Casefolding for looking a nick up: compatibility forms and case do not tell two nicks apart. */
export function nickKey(name: string): NickKey {
  return name.normalize('NFKC').toLowerCase() as NickKey;
}

/** Reads a nickname that somebody chose: at most `maxChars` characters, and none that is kept for guests. */
export function parseNick(text: string, maxChars: number): Result<Nick, NickProblem> {
  const name = text.normalize('NFC');
  if (name === '') return refuse({ kind: 'empty' });
  if (name.length > maxChars) return refuse({ kind: 'too-long', maxChars });
  for (const character of name) {
    if (!ALLOWED.test(character) || INVISIBLE.test(character)) return refuse({ kind: 'bad-character', character });
  }
  const start = BAD_START.exec(name);
  if (start !== null) return refuse({ kind: 'bad-start', character: start[0] });
  const look = nickLook(name);
  if (isMixed(name) && isMixed(look)) return refuse({ kind: 'mixed-scripts' });
  if (GUEST.test(look) || SERVICES.has(look)) return refuse({ kind: 'reserved' });
  return ok({ key: nickKey(name), look, name });
}

function isMixed(text: string): boolean {
  return LOOK_ALIKE_SCRIPTS.filter((script) => script.test(text)).length > 1;
}

/** A nick for somebody who has not chosen one, such as `guest49524`. The caller sees to it that it is free. */
export function guestNick(suffix: string): Nick {
  const name = `guest${suffix}`;
  return { key: nickKey(name), look: nickLook(name), name };
}
