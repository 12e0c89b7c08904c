import { defineIrcCommand } from '../command.ts';
import { middle } from '../refusal-numerics.ts';

/** HELP [<subject>] (Modern, "HELP message"). Made from the table of commands. */
export const help = defineIrcCommand({
  verb: 'HELP',
  params: { min: 0 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'HELP [<command>]', summary: 'Lists the commands, or explains one.' },
  run(irc, [subject = '']) {
    if (subject === '') {
      irc.numeric('RPL_HELPSTART', '*', 'Commands of this server');
      const verbs = [...irc.commands.keys()];
      for (let from = 0; from < verbs.length; from += 10) {
        irc.numeric('RPL_HELPTXT', '*', verbs.slice(from, from + 10).join(' '));
      }
      return irc.numeric('RPL_ENDOFHELP', '*', 'HELP <command> explains one');
    }
    const command = irc.commands.get(subject.toUpperCase());
    const shown = middle(subject);
    if (command === undefined) return irc.numeric('ERR_HELPNOTFOUND', shown, 'No help available on this topic');
    irc.numeric('RPL_HELPSTART', shown, command.help.usage);
    irc.numeric('RPL_HELPTXT', shown, command.help.summary);
    return irc.numeric('RPL_ENDOFHELP', shown, 'End of /HELP');
  },
});
