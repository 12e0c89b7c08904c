import { setNick } from '../../../domain/actions/set-nick.ts';
import { parseNick } from '../../../domain/nick.ts';
import { definePlainCommand } from '../command.ts';

/** /nick name */
export const nick = definePlainCommand({
  name: 'nick',
  words: 0,
  min: 1,
  cost: 1,
  help: { usage: '/nick NAME', summary: 'what you are called from now on' },
  run(plain, [text = '']) {
    const parsed = parseNick(text, plain.options.maxNickChars);
    if (!parsed.ok) return plain.refused({ kind: 'bad-nick', nick: text, problem: parsed.error });
    if (plain.me?.persona.isNamed === true && plain.me.persona.name === parsed.value.name) {
      return plain.notice(`you are ${parsed.value.name} already`);
    }
    return plain.host.act(setNick, { nick: parsed.value });
  },
});
