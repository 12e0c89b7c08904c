import { defineServiceVerb } from '../services/service-verb.ts';

/** CS <command>: what a message to ChanServ does, as a command of its own, which reaches nobody else by mistake. */
export const cs = defineServiceVerb('CS', 'ChanServ');
