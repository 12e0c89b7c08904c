import type { Counts } from '../storage/exchange/export-format.ts';

/** What one of each is called, and several. */
const NAMES: Readonly<Record<keyof Counts, readonly [one: string, many: string]>> = {
  accounts: ['account', 'accounts'],
  rooms: ['room', 'rooms'],
  readMarkers: ['read marker', 'read markers'],
  seenMarks: ['mark of a device', 'marks of devices'],
  serverBans: ['ban from the server', 'bans from the server'],
  stays: ['person who stays on', 'people who stay on'],
  stayRooms: ['room of theirs', 'rooms of theirs'],
  conversations: ['conversation', 'conversations'],
  messages: ['message', 'messages'],
  happenings: ['other event', 'other events'],
};

/** Counts for people, of what there is: "1 account, 2 rooms, ..."; "nothing" for none. */
export function countsText(counts: Partial<Counts>): string {
  const kinds = (Object.keys(NAMES) as (keyof Counts)[]).filter((kind) => (counts[kind] ?? 0) > 0);
  if (kinds.length === 0) return 'nothing';
  return kinds.map((kind) => `${counts[kind]} ${NAMES[kind][counts[kind] === 1 ? 0 : 1]}`).join(', ');
}
