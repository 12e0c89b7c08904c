import type { Role } from './role.ts';
import type { ParsedRoomName } from './room-name.ts';
import type { JoinThrottle, RoomFlag, RoomList } from './room.ts';

/** A change of how a room is run: asked for, or done. */
export type ModeChange =
  | { readonly kind: 'flag'; readonly flag: RoomFlag; readonly on: boolean }
  | { readonly kind: 'key'; readonly key: string; readonly on: boolean }
  | { readonly kind: 'max-members'; readonly max: number | undefined }
  | { readonly kind: 'forward'; readonly room: ParsedRoomName | undefined }
  | { readonly kind: 'join-throttle'; readonly throttle: JoinThrottle | undefined }
  | { readonly kind: 'list'; readonly list: RoomList; readonly mask: string; readonly on: boolean }
  /** `name` is a nick as it was typed; in what was done, as it is spelled. */
  | { readonly kind: 'role'; readonly role: Role; readonly name: string; readonly on: boolean };
