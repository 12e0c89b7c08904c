import { z } from 'zod';
import type { Refusal } from '../../domain/refusal.ts';
import { ok, refuse, type Result } from '../../domain/result.ts';
import { parseRoomName, type ParsedRoomName } from '../../domain/room-name.ts';
import type { Room } from '../../domain/room.ts';
import { defineOperation, type Office, type Operation } from './operation.ts';
import { refusalProblem } from './refusal-problem.ts';
import { roomDetails, type RoomDetails } from './room-details.ts';

/** Declares an operation on one room that is there, which tells what the room is like afterwards. */
export function defineRoomOperation<Input>(definition: {
  readonly name: string;
  readonly input: z.ZodType<Input>;
  readonly run: (office: Office, room: Room, input: Input) => Promise<Result<unknown, Refusal>>;
}): Operation<Input & { readonly room: string }, RoomDetails> {
  const { name, input, run } = definition;
  return defineOperation({
    name,
    input: z.intersection(z.object({ room: z.string() }), input),
    async run(office, asked) {
      const parsed = readRoomName(office, asked.room);
      if (!parsed.ok) return parsed;
      const room = office.chat.rooms.get(parsed.value.key);
      if (room === undefined) return refuse(refusalProblem({ kind: 'no-such-room', room: parsed.value.title }));
      const done = await run(office, room, asked);
      return done.ok ? ok(roomDetails(office.chat, room)) : refuse(refusalProblem(done.error));
    },
  });
}

/** A room's name as it is typed in a shell, where "#" has to be quoted: it may be left out. */
export function readRoomName({ settings }: Office, text: string): Result<ParsedRoomName, string> {
  const room = text.startsWith('#') ? text : `#${text}`;
  const parsed = parseRoomName(room, settings.limits.room_name_chars);
  return parsed.ok ? parsed : refuse(refusalProblem({ kind: 'bad-room-name', room, problem: parsed.error }));
}
