import { changeHost } from '../../../domain/actions/change-host.ts';
import { defineIrcCommand } from '../command.ts';

/** What clients take for a host, at most as long as HOSTLEN says; it begins and ends with a letter or a digit. */
const HOST = /^[A-Za-z\d](?:[A-Za-z\d._:/-]{0,62}[A-Za-z\d])?$/;

/** CHGHOST <nick> <host>: the command that UnrealIRCd and InspIRCd have for it. */
export const chghost = defineIrcCommand({
  verb: 'CHGHOST',
  params: { min: 2 },
  stage: 'registered',
  cost: 1,
  forOperators: true,
  help: { usage: 'CHGHOST <nick> <host>', summary: 'Has somebody shown with another host.' },
  run(irc, [name = '', host = '']) {
    if (!HOST.test(host)) return irc.fail('FAIL', 'CHGHOST', 'INVALID_HOST', [], 'Host is not valid');
    return irc.act(changeHost, { name, host }) ? irc.notice(`${name} is shown with the host ${host} now`) : undefined;
  },
});
