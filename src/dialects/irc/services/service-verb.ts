import { defineIrcCommand, type IrcCommand } from '../command.ts';
import { findService } from './service-table.ts';
import { ServiceTalk } from './service.ts';

/** A command that talks to a service, such as `CS REGISTER #channel`. */
export function defineServiceVerb(verb: string, service: string): IrcCommand {
  return defineIrcCommand({
    verb,
    params: { min: 0 },
    stage: 'registered',
    cost: 2,
    help: { usage: `${verb} <command>`, summary: `Talks to ${service}; ${verb} HELP lists what it can do.` },
    run(irc, params) {
      const found = findService(service);
      if (found !== undefined) new ServiceTalk(irc, found).run(params.join(' '));
    },
  });
}
