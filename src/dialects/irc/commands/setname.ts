import { setRealName } from '../../../domain/actions/set-real-name.ts';
import { defineIrcCommand } from '../command.ts';

/** SETNAME <real name> (IRCv3 setname). */
export const setname = defineIrcCommand({
  verb: 'SETNAME',
  params: { min: 1 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'SETNAME :<real name>', summary: 'Changes your real name.' },
  run(irc, [realName = '']) {
    if (realName === '' || Buffer.byteLength(realName) > irc.options.limits.realNameBytes) {
      return irc.fail('FAIL', 'SETNAME', 'INVALID_REALNAME', [], 'Realname is not valid');
    }
    return irc.act(setRealName, { realName });
  },
});
