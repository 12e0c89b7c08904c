import { renameRoom } from '../../../domain/actions/rename-room.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { parseRoomName } from '../../../domain/room-name.ts';
import { hasHistory } from '../../has-history.ts';
import { defineIrcCommand } from '../command.ts';
import { cutText } from '../line.ts';
import { middle, refusalNumeric } from '../refusal-numerics.ts';
import type { IrcSession } from '../session.ts';

/** RENAME <channel> <new name> [:<reason>] (IRCv3 channel-rename), from clients that have not negotiated it as well. */
export const rename = defineIrcCommand({
  verb: 'RENAME',
  params: { min: 2 },
  stage: 'registered',
  cost: 3,
  help: { usage: 'RENAME <channel> <new name> [:reason]', summary: 'Gives a channel another name.' },
  run(irc, [channel = '', newName = '', reason = '']) {
    const room = irc.parseRoom(channel);
    if (room === undefined) return;
    const context = [middle(channel), middle(newName)];
    const to = parseRoomName(newName, irc.options.limits.roomNameChars);
    if (!to.ok) return irc.fail('FAIL', 'RENAME', 'CANNOT_RENAME', context, 'A channel cannot be called so');
    const [kept = ''] = cutText(reason, irc.options.limits.reasonBytes);
    const input = { room: room.key, to: to.value, reason: kept, hasHistory: hasHistory(irc.host, to.value.key) };
    irc.actFor((refusal) => refused(irc, context, refusal), renameRoom, input);
    return undefined;
  },
});

/** "If existing error numerics are more appropriate, they SHOULD be used instead." */
function refused(irc: IrcSession, context: readonly string[], refusal: Refusal): void {
  if (refusal.kind === 'room-name-taken') {
    return irc.fail('FAIL', 'RENAME', 'CHANNEL_NAME_IN_USE', context, 'The channel name is already taken');
  }
  if (refusal.kind === 'several') return undefined;
  const [name, ...params] = refusalNumeric(refusal);
  const cannotBe = ['room-fixed', 'room-too-large', 'not-kept'].includes(refusal.kind);
  if (!cannotBe) return irc.numeric(name, ...params);
  return irc.fail('FAIL', 'RENAME', 'CANNOT_RENAME', context, params.at(-1) ?? '');
}
