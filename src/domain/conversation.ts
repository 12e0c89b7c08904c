import type { RoomName } from './room-name.ts';

declare const brand: unique symbol;

/**
 * Who somebody is to history, which outlives names: an account wherever it comes from, or one visit of somebody without
 * an account. Only this file makes one.
 */
export type Identity = string & { readonly [brand]: 'Identity' };

/** What belongs together in history: what was said in a room, or between two people. Only this file makes one. */
export type ConversationKey = string & { readonly [brand]: 'ConversationKey' };

/** @param id the id of the account, which it keeps when it is renamed. */
export function accountIdentity(id: number): Identity {
  return `a${id}` as Identity;
}

export function isAccountIdentity(who: Identity): boolean {
  return who.startsWith('a');
}

/** @param id the id of the moment when the visit began. */
export function visitIdentity(id: string): Identity {
  return `v${id}` as Identity;
}

export function roomConversation(room: RoomName): ConversationKey {
  // Room names begin with "#", identities do not.
  return room as string as ConversationKey;
}

export function privateConversation(one: Identity, other: Identity): ConversationKey {
  return (one < other ? `${one} ${other}` : `${other} ${one}`) as ConversationKey;
}

/** The two people of a private conversation; undefined for a room's. */
export function peopleOf(key: ConversationKey): readonly [Identity, Identity] | undefined {
  const [one, other] = key.split(' ');
  return one?.startsWith('#') === false && other !== undefined ? [one as Identity, other as Identity] : undefined;
}
