import type { Protocol } from './protocol.ts';

/** The plain line protocol: everyone starts in the lobby, and a line is a message to the room that one talks in. */
export const lineProtocol: Protocol = {
  open: () => '',
  join: ({ room }) => `/join #room${room}\n`,
  react(line, { room, rooms }) {
    if (!line.startsWith('welcome')) return {};
    return rooms === 1 ? { isServed: true } : { isServed: true, answer: `/join #room${room}\n/part #lobby\n` };
  },
  message: (_client, text) => `${text}\n`,
};
