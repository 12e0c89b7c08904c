import { z } from 'zod';
import { dropRoom } from '../../../domain/actions/drop-room.ts';
import { defineRoomOperation } from '../room-operation.ts';

/** A room is nobody's from now on, and goes with its last member. */
export const roomDrop = defineRoomOperation({
  name: 'room-drop',
  input: z.unknown(),
  run: ({ act }, { name }) => act(dropRoom, { room: name }),
});
