import { defineBanCommand } from '../server-ban-command.ts';

/** DLINE [<duration>] <network> [:<reason>]: a ban from the server by address. */
export const dline = defineBanCommand('DLINE', 'network', { mask: '<address or network>', whom: 'people by address' });
