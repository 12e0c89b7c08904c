import type { Action } from '../action.ts';
import { leaveServer } from '../departure.ts';
import { ok } from '../result.ts';
import { isOverdue } from '../stay.ts';

/** Those who have been here without a device for longer than anybody may leave. */
export const endOverdueStays: Action<undefined> = {
  name: 'end-overdue-stays',
  run(chat, _actor, _input, moment) {
    const overdue = [...chat.sessions.values()].filter(
      ({ devices, account }) => devices.size === 0 && account !== undefined && isOverdue(chat, account, moment.at),
    );
    return ok(overdue.flatMap((session) => leaveServer(chat, session, 'Away for too long', moment)));
  },
};
