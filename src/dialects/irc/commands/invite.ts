import { invite as inviteAction } from '../../../domain/actions/invite.ts';
import { defineIrcCommand } from '../command.ts';

/** INVITE <nick> <channel> (RFC 2812 section 3.2.7); without parameters, the list of one's invitations (Modern). */
export const invite = defineIrcCommand({
  verb: 'INVITE',
  params: { min: 0 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'INVITE <nick> <channel>', summary: 'Invites somebody to a channel, or lists your invitations.' },
  run(irc, [name, channel]) {
    if (name === undefined) {
      for (const key of irc.me?.invitations ?? []) {
        const room = irc.host.chat.rooms.get(key);
        if (room !== undefined) irc.numeric('RPL_INVITELIST', room.title);
      }
      return irc.numeric('RPL_ENDOFINVITELIST', 'End of /INVITE list');
    }
    if (channel === undefined) return irc.numeric('ERR_NEEDMOREPARAMS', 'INVITE', 'Not enough parameters');
    const room = irc.findRoom(channel);
    return room === undefined ? undefined : irc.act(inviteAction, { room: room.name, name });
  },
});
