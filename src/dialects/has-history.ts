import { roomConversation } from '../domain/conversation.ts';
import type { RoomName } from '../domain/room-name.ts';
import type { Host } from './dialect.ts';

/** Whether anything is kept of what was said in a room of some name, whether there is such a room now or not. */
export function hasHistory({ history }: Pick<Host, 'history'>, name: RoomName): boolean {
  return history.read({ conversation: roomConversation(name), includes: 'messages' }, 'last', 1).length > 0;
}
