import { defineAction } from '../action.ts';
import type { ConversationKey } from '../conversation.ts';
import { ok } from '../result.ts';

export interface MarkRead {
  readonly conversation: ConversationKey;
  /** What the conversation is called: a room's or a person's name. */
  readonly name: string;
  /** The time of the last thing that was read, in milliseconds since 1970. */
  readonly readAt: number;
}

/** Notes how far somebody has read a conversation. What is behind them already stays as it is. */
export const markRead = defineAction<MarkRead>({
  name: 'mark-read',
  run(chat, actor, { conversation, name, readAt }, moment) {
    const { persona: by, account } = actor;
    const { identity } = by;
    const before = chat.readMarkers.get(identity, conversation);
    const isNews = before === undefined || readAt > before;
    // Nobody has read what is not written yet.
    const reached = isNews ? Math.min(readAt, moment.at) : before;
    const forgotten = isNews ? chat.readMarkers.set(identity, conversation, reached) : undefined;
    const others = account === undefined || !isNews ? [] : chat.sessionsOf(account).filter((other) => other !== actor);
    const audience = { kind: 'sessions', sessions: others.map(({ id }) => id) } as const;
    return ok([
      { kind: 'marked-read', audience, by, conversation, name, readAt: reached, isNews, forgotten, ...moment },
    ]);
  },
});
