import { setFlags } from '../../../domain/actions/set-flags.ts';
import { nickKey } from '../../../domain/nick.ts';
import { ok } from '../../../domain/result.ts';
import { defineIrcCommand } from '../command.ts';
import { refusalNumeric } from '../refusal-numerics.ts';
import { isSame } from '../registration.ts';
import type { IrcSession } from '../session.ts';

/** OPER <name> <password> (RFC 2812 section 3.1.4). Guesses are limited like those at an account. */
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
    const isRight = known !== undefined && isSame(known.password, password);
    // No account has a blank in its name.
    const guess = irc.host.attempts.guess(nickKey(`oper ${name}`), irc.me?.address ?? '', () =>
      Promise.resolve(ok(isRight)),
    );
    return irc.later(guess, (result) => {
      if (!result.ok) return irc.numeric('ERR_PASSWDMISMATCH', refusalNumeric(result.error).at(-1) ?? '');
      return result.value ? becomeOperator(irc) : irc.numeric('ERR_PASSWDMISMATCH', 'Password incorrect');
    });
  },
});

function becomeOperator(irc: IrcSession): void {
  irc.act(setFlags, {
    changes: [
      { flag: 'operator', on: true },
      { flag: 'wallops', on: true },
    ],
  });
  irc.numeric('RPL_YOUREOPER', 'You are now an IRC operator');
}
