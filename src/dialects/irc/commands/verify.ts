import { defineIrcCommand } from '../command.ts';
import { middle } from '../refusal-numerics.ts';

/** VERIFY <account> <code> (IRCv3 draft/account-registration): accounts are there at once, so there is nothing to verify. */
export const verify = defineIrcCommand({
  verb: 'VERIFY',
  params: { min: 2 },
  stage: 'any',
  cost: 1,
  help: { usage: 'VERIFY <account> <code>', summary: 'Nothing needs to be verified here.' },
  run(irc, [account = '']) {
    const name = middle(account);
    const own = irc.me?.account;
    if (own !== undefined) return irc.fail('FAIL', 'VERIFY', 'ALREADY_AUTHENTICATED', [own.name], 'You are logged in');
    return irc.fail('FAIL', 'VERIFY', 'INVALID_CODE', [name], 'There is nothing to verify: log in');
  },
});
