import { definePlainCommand } from '../command.ts';

/** /me text */
export const me = definePlainCommand({
  name: 'me',
  words: 0,
  min: 1,
  cost: 1,
  help: { usage: '/me TEXT', summary: 'tells what you do: /me waves' },
  run(plain, [text = '']) {
    plain.say('deed', text);
  },
});
