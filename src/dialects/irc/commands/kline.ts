import { defineBanCommand } from '../server-ban-command.ts';

/** KLINE [<duration>] <mask> [:<reason>]: a ban from the server by name, as in Ergo and the ircu family. */
export const kline = defineBanCommand('KLINE', 'name', { mask: '<nick!user@host>', whom: 'people by name' });
