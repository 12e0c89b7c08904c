import { tell } from '../../../domain/actions/tell.ts';
import { definePlainCommand } from '../command.ts';

/** /msg name text */
export const msg = definePlainCommand({
  name: 'msg',
  words: 1,
  min: 2,
  cost: 1,
  help: { usage: '/msg NAME TEXT', summary: 'says something to one person alone' },
  run(plain, [to = '', text = '']) {
    plain.host.act(tell, { to, manner: 'speech', text });
  },
});
