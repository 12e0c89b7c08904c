import type { Identity } from './conversation.ts';
import { refuse, ok, type Result } from './result.ts';
import type { RoomName } from './room-name.ts';

declare const brand: unique symbol;
/** What something about somebody or about a room is called, such as `display-name`. Only `parseMetadataKey` makes one. */
export type MetadataKey = string & { readonly [brand]: 'MetadataKey' };

/** Longer than any key that there is a meaning for. */
export const MAX_METADATA_KEY_CHARS = 64;

/** Reads a key: letters of either case, digits, and `_.:/-`, but no colon at the beginning (IRCv3 metadata, "Keys and Values"). */
export function parseMetadataKey(text: string): Result<MetadataKey, undefined> {
  const isKey = text.length <= MAX_METADATA_KEY_CHARS && /^[\w./-][\w.:/-]*$/.test(text);
  return isKey ? ok(text.toLowerCase() as MetadataKey) : refuse(undefined);
}

/** Whose it is: an account's, a guest's for one visit, or a room's. */
export type MetadataOwner = Identity | RoomName;

export type MetadataEntries = ReadonlyMap<MetadataKey, string>;

const NOTHING: MetadataEntries = new Map();

/** What people say about themselves, and about their rooms, for programs that know what to do with it. */
export class Metadata {
  readonly #byOwner = new Map<MetadataOwner, Map<MetadataKey, string>>();

  of(owner: MetadataOwner): MetadataEntries {
    return this.#byOwner.get(owner) ?? NOTHING;
  }

  /** @param value undefined to take it away. */
  set(owner: MetadataOwner, key: MetadataKey, value: string | undefined): void {
    let entries = this.#byOwner.get(owner);
    if (entries === undefined) this.#byOwner.set(owner, (entries = new Map()));
    if (value === undefined) entries.delete(key);
    else entries.set(key, value);
    if (entries.size === 0) this.#byOwner.delete(owner);
  }

  forget(owner: MetadataOwner): void {
    this.#byOwner.delete(owner);
  }

  /** What was one's is another's from now on, besides what that one has; of the same key, the newcomer's counts. */
  move(from: MetadataOwner, to: MetadataOwner, max: number): void {
    for (const [key, value] of this.of(from)) {
      const own = this.of(to);
      if (own.has(key) || own.size < max) this.set(to, key, value);
    }
    this.forget(from);
  }
}
