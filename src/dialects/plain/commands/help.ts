import { definePlainCommand } from '../command.ts';

/** /help [command] */
export const help = definePlainCommand({
  name: 'help',
  words: 1,
  min: 0,
  cost: 1,
  help: { usage: '/help [COMMAND]', summary: 'lists the commands, or explains one' },
  run(plain, [name]) {
    if (name === undefined) {
      plain.notice('what you type goes to everyone in the room; a line that begins with / is a command:');
      const all = [...plain.commands.values()];
      const width = Math.max(...all.map((command) => command.help.usage.length));
      for (const command of all) plain.notice(`${command.help.usage.padEnd(width)}  ${command.help.summary}`);
      return plain.notice(`${'//text'.padEnd(width)}  says /text, with its slash`);
    }
    const command = plain.commands.get(name.replace(/^\//, '').toLowerCase());
    if (command === undefined) return plain.notice('there is no such command; /help lists them');
    return plain.notice(`${command.help.usage}  ${command.help.summary}`);
  },
});
