import { defineServiceVerb } from '../services/service-verb.ts';

/** NICKSERV <command>: what a message to NickServ does, as a command of its own, which reaches nobody else by mistake. */
export const nickserv = defineServiceVerb('NICKSERV', 'NickServ');
