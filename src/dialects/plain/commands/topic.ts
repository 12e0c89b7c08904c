import { setTopic } from '../../../domain/actions/set-topic.ts';
import { showable } from '../../../protocol/plain/text.ts';
import { definePlainCommand } from '../command.ts';

/** /topic [text]: `/topic -` clears it. */
export const topic = definePlainCommand({
  name: 'topic',
  words: 0,
  min: 0,
  cost: 1,
  help: {
    usage: '/topic [TEXT]',
    summary: 'shows what the room is about, or changes it',
    details: ['/topic - clears it'],
  },
  run(plain, [text]) {
    const room = plain.room;
    if (room === undefined) return plain.notice('you are in no room; /join one first');
    if (text !== undefined) return plain.host.act(setTopic, { room: room.name, text: text === '-' ? '' : text });
    if (room.topic === undefined) return plain.notice(`${room.title} has no topic; /topic TEXT sets one`);
    return plain.notice(`topic of ${room.title}: ${showable(room.topic.text)} (set by ${room.topic.by})`);
  },
});
