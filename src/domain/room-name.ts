import { ok, refuse, type Result } from './result.ts';

declare const brand: unique symbol;
/** A room name that has been checked and casefolded; equal names are the same room. Only `parseRoomName` makes one. */
export type RoomName = string & { readonly [brand]: 'RoomName' };

export type RoomNameProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'no-hash' }
  | { readonly kind: 'too-long'; readonly maxChars: number }
  | { readonly kind: 'bad-character'; readonly character: string };

/** A checked name in two forms: the key that rooms are found by, and the spelling that people are shown. */
export interface ParsedRoomName {
  readonly key: RoomName;
  readonly title: string;
}

/**
 * White space, controls, format characters (bidi overrides among them), and what IRC gives a meaning of its own: comma
 * (lists), colon (trailing parameters), and the wild cards of masks. RFC 2812 section 1.3, widened.
 */
const FORBIDDEN = /[\p{White_Space}\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn},:*?]/u;

/** A name as most are: it needs no look at each character's kind, and is its own key. */
const PLAIN = /^#[a-z0-9_-]+$/;

/** Reads a room name such as `#lobby`. At most `maxChars` characters, the `#` included. */
export function parseRoomName(text: string, maxChars: number): Result<ParsedRoomName, RoomNameProblem> {
  if (text.length <= maxChars && PLAIN.test(text)) return ok({ key: text as RoomName, title: text });
  const title = text.normalize('NFC');
  if (title === '' || title === '#') return refuse({ kind: 'empty' });
  if (!title.startsWith('#')) return refuse({ kind: 'no-hash' });
  if (title.length > maxChars) return refuse({ kind: 'too-long', maxChars });
  const bad = FORBIDDEN.exec(title);
  if (bad !== null) return refuse({ kind: 'bad-character', character: bad[0] });
  return ok({ key: title.toLowerCase() as RoomName, title });
}
