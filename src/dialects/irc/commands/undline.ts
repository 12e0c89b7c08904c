import { defineLiftCommand } from '../server-ban-command.ts';

/** UNDLINE <network> */
export const undline = defineLiftCommand('UNDLINE', 'network', {
  mask: '<address or network>',
  whom: 'people by address',
});
