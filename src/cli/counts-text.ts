import type { Counts } from '../storage/exchange/export-format.ts';

const NAMES: Readonly<Record<keyof Counts, string>> = {
  accounts: 'accounts',
  rooms: 'rooms',
  readMarkers: 'read markers',
  seenMarks: 'marks of devices',
  serverBans: 'bans from the server',
  stays: 'people who stay on',
  stayRooms: 'rooms of theirs',
  conversations: 'conversations',
  messages: 'messages',
  happenings: 'other events',
};

/** Counts for people: "2 accounts, 1 rooms, ...". */
export function countsText(counts: Counts): string {
  const kinds = Object.keys(NAMES) as (keyof Counts)[];
  return kinds.map((kind) => `${counts[kind]} ${NAMES[kind]}`).join(', ');
}
