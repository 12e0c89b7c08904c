import { changeAccountSettings } from '../../../domain/actions/change-account-settings.ts';
import { definePlainCommand } from '../command.ts';

/** /stay on|off */
export const stay = definePlainCommand({
  name: 'stay',
  words: 1,
  min: 1,
  cost: 1,
  help: { usage: '/stay on|off', summary: 'whether you stay in your rooms when you go' },
  run(plain, [choice = '']) {
    const isAlwaysOn = choice.toLowerCase() === 'on';
    if (!isAlwaysOn && choice.toLowerCase() !== 'off') return plain.notice('use it like this: /stay on|off');
    const account = plain.me?.account;
    if (account === undefined) return plain.refused({ kind: 'not-logged-in' });
    if (!plain.host.act(changeAccountSettings, { account: account.key, settings: { isAlwaysOn } })) return undefined;
    return plain.notice(
      isAlwaysOn
        ? 'from now on you stay in your rooms when you go; /login brings you back'
        : 'from now on you leave your rooms when your last connection goes',
    );
  },
});
