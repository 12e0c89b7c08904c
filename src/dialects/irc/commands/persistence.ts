import { changeAccountSettings } from '../../../domain/actions/change-account-settings.ts';
import { defineIrcCommand } from '../command.ts';
import { sendPersistence } from '../persistence.ts';

/** What may be chosen: undefined is to leave it to the server. */
const CHOICES: ReadonlyMap<string, boolean | undefined> = new Map([
  ['DEFAULT', undefined],
  ['OFF', false],
  ['ON', true],
]);

/**
 * PERSISTENCE GET | SET DEFAULT|ON|OFF (draft/persistence): whether one stays in one's channels while no
 * client is connected.
 */
export const persistence = defineIrcCommand({
  verb: 'PERSISTENCE',
  params: { min: 1 },
  stage: 'registered',
  cost: 1,
  help: {
    usage: 'PERSISTENCE GET | SET DEFAULT|ON|OFF',
    summary: 'Whether you stay in your channels without a client.',
  },
  run(irc, [subcommand = '', choice = '']) {
    const account = irc.me?.account;
    if (account === undefined) {
      return irc.fail('FAIL', 'PERSISTENCE', 'ACCOUNT_REQUIRED', [], 'You are not logged in to an account');
    }
    const wanted = choice.toUpperCase();
    if (subcommand.toUpperCase() === 'GET') return sendPersistence(irc);
    if (subcommand.toUpperCase() !== 'SET' || !CHOICES.has(wanted)) {
      return irc.fail('FAIL', 'PERSISTENCE', 'INVALID_PARAMETERS', [], 'Invalid parameters');
    }
    const settings = { isAlwaysOn: CHOICES.get(wanted) };
    const isDone = irc.act(changeAccountSettings, { account: account.key, settings });
    // Whoever has the capability is told of every change.
    return isDone && !irc.has('draft/persistence') ? sendPersistence(irc) : undefined;
  },
});
