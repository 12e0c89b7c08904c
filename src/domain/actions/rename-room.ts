import { defineAction } from '../action.ts';
import { ok, refuse } from '../result.ts';
import { hasRole } from '../room.ts';
import type { ParsedRoomName, RoomName } from '../room-name.ts';
import { outsideRefusal } from '../speech.ts';

export interface RenameRoom {
  readonly room: RoomName;
  readonly to: ParsedRoomName;
  readonly reason: string;
  /** Whether something is kept that was said under the new name: it would no longer be found. */
  readonly hasHistory: boolean;
}

/**
 * A room is called otherwise: its people, its modes, its owner and its history stay with it. For its operators, or for its
 * founder where it belongs to somebody; operators of the server may anywhere.
 */
export const renameRoom = defineAction<RenameRoom>({
  name: 'rename-room',
  run(chat, actor, { room: name, to, reason, hasHistory }, moment) {
    const room = chat.rooms.get(name);
    const isServerOperator = actor.flags.has('operator');
    if (room === undefined || (!room.members.has(actor.id) && !isServerOperator)) {
      return refuse(outsideRefusal(room, actor, name));
    }
    const { title } = room;
    const needed = room.registration === undefined ? 'operator' : 'founder';
    if (!hasRole(room, actor.id, needed) && !isServerOperator) {
      return refuse({ kind: 'not-operator', room: title, needed });
    }
    if (room.isPermanent) return refuse({ kind: 'room-fixed', room: title });
    const { maxRenamedMembers: max } = chat.limits;
    if (room.members.size > max) return refuse({ kind: 'room-too-large', room: title, max });
    const isOther = to.key !== name;
    if (to.title === title || (isOther && (hasHistory || chat.rooms.has(to.key)))) {
      return refuse({ kind: 'room-name-taken', room: to.title });
    }
    if (moment.cannotKeep === true) return refuse({ kind: 'not-kept' });
    chat.renameRoom(room, to);
    const oldName: ParsedRoomName = { key: name, title };
    const common = { audience: room.everyone, by: actor.persona, ...moment };
    return ok([{ kind: 'room-renamed', ...common, room: to.key, title: to.title, oldName, newName: to, reason }]);
  },
});
