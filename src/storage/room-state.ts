import type { ParsedRoomName } from '../domain/room-name.ts';
import type { JoinThrottle, ListEntry, Room, RoomFlag, RoomList, Topic } from '../domain/room.ts';

/** What is kept of how a room is run, as JSON. */
export interface RoomState {
  readonly flags: readonly RoomFlag[];
  readonly lists: Readonly<Record<RoomList, readonly ListEntry[]>>;
  readonly topic?: Topic | undefined;
  readonly key?: string | undefined;
  readonly maxMembers?: number | undefined;
  readonly forward?: ParsedRoomName | undefined;
  readonly joinThrottle?: JoinThrottle | undefined;
}

export function roomState(room: Room): RoomState {
  const { flags, lists, topic, key, maxMembers, forward, joinThrottle } = room;
  return {
    flags: [...flags],
    lists: {
      ban: [...lists.ban.values()],
      'ban-exception': [...lists['ban-exception'].values()],
      'invite-exception': [...lists['invite-exception'].values()],
    },
    topic,
    key,
    maxMembers,
    forward,
    joinThrottle,
  };
}

/** Makes a room as it was when its state was taken. */
export function applyRoomState(room: Room, state: RoomState): void {
  room.flags.clear();
  for (const flag of state.flags) room.flags.add(flag);
  for (const [list, entries] of Object.entries(state.lists) as [RoomList, readonly ListEntry[]][]) {
    for (const entry of entries) room.lists[list].set(entry.mask, entry);
  }
  room.topic = state.topic;
  room.key = state.key;
  room.maxMembers = state.maxMembers;
  room.forward = state.forward;
  room.joinThrottle = state.joinThrottle;
}
