import { logOut } from '../../../domain/actions/log-out.ts';
import { definePlainCommand } from '../command.ts';

/** /logout */
export const logout = definePlainCommand({
  name: 'logout',
  words: 0,
  min: 0,
  cost: 1,
  help: { usage: '/logout', summary: 'uses your account no more, on any device' },
  run(plain) {
    plain.host.act(logOut, undefined);
  },
});
