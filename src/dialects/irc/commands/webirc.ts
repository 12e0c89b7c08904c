import { defineIrcCommand } from '../command.ts';
import { isSame } from '../registration.ts';

/**
 * WEBIRC <password> <gateway> <hostname> <ip> [:<options>] (IRCv3 webirc): a gateway says where its user comes from. The
 * host name that it gives is not taken: what others see is made of the address, as for everybody else.
 */
export const webirc = defineIrcCommand({
  verb: 'WEBIRC',
  params: { min: 4 },
  stage: 'registering',
  cost: 0,
  help: { usage: 'WEBIRC <password> <gateway> <hostname> <ip>', summary: 'For gateways that the server knows.' },
  run(irc, [password = '', , , ip = '', options = '']) {
    const gateway = irc.options.gateways.find((known) => known.isAt(irc.me?.address ?? ''));
    const address = ip.replace(/^\[(.*)\]$/, '$1');
    if (gateway === undefined || !isSame(gateway.password, password) || !gateway.isAddress(address)) {
      irc.farewell('WEBIRC is not for you');
      return irc.host.close('Bad WEBIRC');
    }
    const isSecure = options.split(' ').some((option) => option === 'secure' || option.startsWith('secure='));
    if (irc.host.moveTo(address, isSecure && irc.me?.isSecure === true)) return undefined;
    irc.farewell('Banned from the server');
    return irc.host.close('Banned from the server');
  },
});
