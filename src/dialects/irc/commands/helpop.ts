import { defineIrcCommand } from '../command.ts';
import { help } from './help.ts';

/** HELPOP: HELP by the name that some clients send. */
export const helpop = defineIrcCommand({
  ...help,
  verb: 'HELPOP',
  help: { ...help.help, usage: 'HELPOP [<command>]' },
});
