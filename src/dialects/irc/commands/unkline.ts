import { defineLiftCommand } from '../server-ban-command.ts';

/** UNKLINE <mask> */
export const unkline = defineLiftCommand('UNKLINE', 'name', { mask: '<nick!user@host>', whom: 'people by name' });
