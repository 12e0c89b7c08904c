import { setTopic } from '../../../domain/actions/set-topic.ts';
import { defineIrcCommand } from '../command.ts';
import { cutText } from '../line.ts';

/** TOPIC <channel> [:text] (RFC 2812 section 3.2.4). An empty text clears the topic. */
export const topic = defineIrcCommand({
  verb: 'TOPIC',
  params: { min: 1 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'TOPIC <channel> [:text]', summary: "Shows a channel's topic, or changes it." },
  run(irc, [channel = '', text]) {
    const room = irc.findRoom(channel);
    if (room === undefined) return;
    if (text !== undefined) {
      const [kept = ''] = cutText(text, irc.options.limits.topicBytes);
      return irc.act(setTopic, { room: room.name, text: kept });
    }
    return irc.sendTopic(room);
  },
});
