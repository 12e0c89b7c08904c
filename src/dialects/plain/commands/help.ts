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
      plain.notice('what you type goes to everyone in the room, unless it begins with a slash:');
      const all = [...plain.commands.values()];
      const width = Math.max(...all.map((command) => command.help.usage.length));
      for (const { help: about } of all) plain.notice(`${about.usage.padEnd(width)}  ${about.summary}`);
      return plain.notice(`${'//text'.padEnd(width)}  says /text, with its slash`);
    }
    const command = plain.commands.get(name.replace(/^\//, '').toLowerCase());
    if (command === undefined) return plain.notice('there is no such command; /help lists them');
    const { usage, summary, details = [] } = command.help;
    plain.notice(`${usage}  ${summary}`);
    for (const text of details) plain.notice(text);
    return undefined;
  },
});
