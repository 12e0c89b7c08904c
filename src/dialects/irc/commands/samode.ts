import { defineIrcCommand } from '../command.ts';
import { setChannelModes } from './mode.ts';

/** SAMODE <channel> <modes> {<parameter>}: MODE by an operator of the server, whatever stands against it. */
export const samode = defineIrcCommand({
  verb: 'SAMODE',
  params: { min: 2 },
  stage: 'registered',
  cost: 1,
  forOperators: true,
  help: { usage: 'SAMODE <channel> <modes> {<parameter>}', summary: 'Changes modes as an operator of the server.' },
  run(irc, [target = '', letters = '', ...params]) {
    const room = irc.findRoom(target);
    if (room !== undefined) setChannelModes(irc, room, letters, params, true);
  },
});
