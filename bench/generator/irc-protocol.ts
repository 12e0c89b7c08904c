import type { Identity, Protocol } from './protocol.ts';

const nickOf = ({ index }: Identity): string => `b${index}`;
const roomOf = ({ room, rooms }: Identity): string => (rooms === 1 ? '#bench' : `#bench${room}`);
const joinLine = (client: Identity): string => `JOIN ${roomOf(client)}\r\n`;

/** IRC (RFC 2812) with IRCv3's capabilities. A client is served when it has been told who is in its room. */
export const ircProtocol: Protocol = {
  echo: 'echo-message',
  open(client) {
    const requests = client.capabilities.map((name) => `CAP REQ :${name}\r\n`);
    const end = requests.length > 0 ? 'CAP END\r\n' : '';
    return `${requests.join('')}NICK ${nickOf(client)}\r\nUSER bench 0 * :bench\r\n${end}`;
  },
  join: joinLine,
  react(line, client) {
    const rest = line.startsWith('@') ? line.slice(line.indexOf(' ') + 1) : line;
    const [first = '', command = '', , fourth = ''] = rest.split(' ', 4);
    if (first === 'PING') return { answer: `PONG ${rest.slice('PING '.length)}\r\n` };
    switch (command) {
      case '001':
        return client.joinsLater ? { isServed: true } : { answer: joinLine(client) };
      case '353':
        return { met: lastParameter(rest).split(' ').filter(Boolean).length };
      case '366':
        return { isServed: true };
      case 'JOIN':
        // One's own name is in the list of names that follows.
        return first.startsWith(`:${nickOf(client)}!`) ? {} : { met: 1 };
      case 'CAP':
        return fourth === 'ACK' ? { granted: lastParameter(rest).trim() } : {};
      default:
        return {};
    }
  },
  message: (client, text) => `PRIVMSG ${roomOf(client)} :${text}\r\n`,
};

/** What stands behind the first colon of a parameter. */
function lastParameter(message: string): string {
  return message.slice(message.indexOf(' :') + ' :'.length);
}
