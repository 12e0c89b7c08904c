import { definePlainCommand } from '../command.ts';

/** /quit [reason] */
export const quit = definePlainCommand({
  name: 'quit',
  words: 0,
  min: 0,
  cost: 0,
  help: { usage: '/quit [WHY]', summary: 'leaves for good' },
  run(plain, [reason = '']) {
    plain.ended();
    plain.notice('goodbye');
    plain.host.close(reason);
  },
});
