import { z } from 'zod';
import { ok } from '../../../domain/result.ts';
import { defineOperation } from '../operation.ts';

/** What is told of a room. */
export interface RoomEntry {
  readonly name: string;
  readonly members: number;
  readonly topic: string;
  readonly isPermanent: boolean;
  /** The account that it belongs to; undefined when it is nobody's. */
  readonly founder: string | undefined;
  readonly flags: readonly string[];
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** Lists rooms by name, hidden ones too. */
export const roomList = defineOperation({
  name: 'room-list',
  input: z.object({}),
  async run({ chat }) {
    const entries = [...chat.rooms.values()].map(
      ({ title, members, topic, isPermanent, registration, flags, createdAt }): RoomEntry => ({
        name: title,
        members: members.size,
        topic: topic?.text ?? '',
        isPermanent,
        founder: registration?.founder.name,
        flags: [...flags],
        createdAt,
      }),
    );
    return ok(entries.toSorted((one, other) => (one.name < other.name ? -1 : 1)));
  },
});
