import { defineServiceVerb } from '../services/service-verb.ts';

/** HISTSERV <command>: what a message to HistServ does, as a command of its own, which reaches nobody else by mistake. */
export const histserv = defineServiceVerb('HISTSERV', 'HistServ');
