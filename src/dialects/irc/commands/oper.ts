import { setFlags } from '../../../domain/actions/set-flags.ts';
import { defineIrcCommand } from '../command.ts';
import { isSame } from '../registration.ts';

/** OPER <name> <password> (RFC 2812 section 3.1.4). */
export const oper = defineIrcCommand({
  verb: 'OPER',
  params: { min: 2 },
  stage: 'registered',
  cost: 3,
  help: { usage: 'OPER <name> <password>', summary: 'Makes you an operator of the server.' },
  run(irc, [name = '', password = '']) {
    const { operators } = irc.options;
    if (operators.length === 0) return irc.numeric('ERR_NOOPERHOST', 'No O-lines for your host');
    const known = operators.find((operator) => operator.name === name);
    if (known === undefined || !isSame(known.password, password)) {
      return irc.numeric('ERR_PASSWDMISMATCH', 'Password incorrect');
    }
    irc.act(setFlags, {
      changes: [
        { flag: 'operator', on: true },
        { flag: 'wallops', on: true },
      ],
    });
    return irc.numeric('RPL_YOUREOPER', 'You are now an IRC operator');
  },
});
