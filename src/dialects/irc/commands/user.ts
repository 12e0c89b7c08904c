import { splitDeviceName } from '../../../domain/device-name.ts';
import { defineIrcCommand } from '../command.ts';
import { cutText } from '../line.ts';

/** USER <user> <mode> <unused> <real name> (RFC 2812 section 3.1.3). */
export const user = defineIrcCommand({
  verb: 'USER',
  params: { min: 4 },
  stage: 'registering',
  cost: 1,
  help: { usage: 'USER <user> 0 * :<real name>', summary: 'Says who you are, when connecting.' },
  run(irc, [name = '', , , realName = '']) {
    const { userChars, realNameBytes } = irc.options.limits;
    // As bouncers have it: "alan@phone" is alan on the device that they call phone.
    const { name: userName, device } = splitDeviceName(name);
    irc.returning.called(device);
    const kept = userName.replaceAll(/[^A-Za-z0-9._-]/g, '').slice(0, userChars - 1);
    // Modern, "USER message": neither may be empty.
    if (name === '' || realName === '') return irc.numeric('ERR_NEEDMOREPARAMS', 'USER', 'Not enough parameters');
    return irc.registration.giveUser(kept === '' ? 'user' : kept, cutText(realName, realNameBytes)[0] ?? '');
  },
});
