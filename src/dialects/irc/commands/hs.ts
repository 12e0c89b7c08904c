import { defineServiceVerb } from '../services/service-verb.ts';

/** HS <command>: what a message to HistServ does, as a command of its own, which reaches nobody else by mistake. */
export const hs = defineServiceVerb('HS', 'HistServ');
