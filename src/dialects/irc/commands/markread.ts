import { markRead } from '../../../domain/actions/mark-read.ts';
import { privateConversation, roomConversation, type ConversationKey } from '../../../domain/conversation.ts';
import { correspondent } from '../../../domain/readable.ts';
import { parseRoomName } from '../../../domain/room-name.ts';
import { defineIrcCommand } from '../command.ts';
import { markerLine } from '../read-marker.ts';
import { middle } from '../refusal-numerics.ts';
import type { IrcSession } from '../session.ts';

/** IRCv3 read-marker, "MARKREAD Command": as in server-time. */
const TIMESTAMP = /^timestamp=(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/;

/** MARKREAD <target> [timestamp=<time>] (IRCv3 read-marker): tells, or asks, how far one has read. */
export const markread = defineIrcCommand({
  verb: 'MARKREAD',
  params: { min: 0 },
  stage: 'registered',
  cost: 0.5,
  isOfArriving: true,
  help: { usage: 'MARKREAD <target> [timestamp=<time>]', summary: 'How far you have read, on all of your devices.' },
  run(irc, [target = '', timestamp]) {
    if (target === '') return irc.fail('FAIL', 'MARKREAD', 'NEED_MORE_PARAMS', [], 'Missing parameters');
    const conversation = conversationWith(irc, target);
    if (timestamp === undefined) {
      const { me } = irc;
      const readAt =
        me === undefined || conversation === undefined
          ? undefined
          : irc.host.chat.readMarkers.get(me.persona.identity, conversation);
      return irc.line(markerLine(irc.options.serverName, middle(target), readAt));
    }
    const readAt = parseTimestamp(timestamp);
    if (readAt === undefined) {
      return irc.fail('FAIL', 'MARKREAD', 'INVALID_PARAMS', [middle(timestamp)], 'That is no timestamp');
    }
    if (conversation === undefined) {
      return irc.fail('FAIL', 'MARKREAD', 'INVALID_PARAMS', [middle(target)], 'There is no such conversation');
    }
    irc.act(markRead, { conversation, name: target, readAt });
    return undefined;
  },
});

function parseTimestamp(text: string): number | undefined {
  const ms = Date.parse(TIMESTAMP.exec(text)?.[1] ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}

/** The conversation in a room, there or not, or with somebody whom the client may know. */
function conversationWith(irc: IrcSession, target: string): ConversationKey | undefined {
  const { me } = irc;
  if (me === undefined) return undefined;
  if (target.startsWith('#')) {
    const room = parseRoomName(target, irc.options.limits.roomNameChars);
    return room.ok ? roomConversation(room.value.key) : undefined;
  }
  const other = correspondent(irc.host, me.persona.identity, target);
  return other === undefined ? undefined : privateConversation(me.persona.identity, other);
}
