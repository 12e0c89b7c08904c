import { recognizeFirstLine, type Recognition } from '../first-line.ts';

const WORDS = ['CAP ', 'NICK ', 'PASS ', 'USER ', 'AUTHENTICATE ', 'WEBIRC '];

/**
 * First lines that only a client registering with an IRC server sends, whole: in capitals, as all clients write them,
 * and with just the parameters that the command has (RFC 2812 section 3.1, IRCv3 capability negotiation), so that
 * somebody's sentence that happens to begin with such a word stays a sentence.
 */
const REGISTRATION = [
  /^CAP (?:[A-Z]+|LS :?30\d|REQ :?\S.*)\s*$/,
  /^NICK :?[^\s:#&@!,*?]+\s*$/,
  // No nick, but nothing that people say either: the answer should be one that a client understands.
  /^NICK (?:\*|:)\s*$/,
  /^PASS (?::.+|\S+)\s*$/,
  /^USER \S+ \S+ \S+ :.*$/,
  /^USER \S+ (?:\d+|\*) \* \S+\s*$/,
  /^AUTHENTICATE (?:PLAIN|EXTERNAL|SCRAM-SHA-(?:1|256|512))\s*$/,
  /^WEBIRC \S+ \S+ \S+ \S+(?: :.*)?$/,
];

/** Whether a connection's first bytes are those of an IRC client. */
export function recognizeIrc(firstBytes: Buffer): Recognition {
  return recognizeFirstLine(firstBytes, WORDS, (line) => REGISTRATION.some((form) => form.test(line)));
}
