import type { PlainSession } from './session.ts';

/**
 * Asks for a password: the next line is it, and is neither said nor taken for a command. A terminal that speaks TELNET is
 * told not to show it meanwhile (RFC 857).
 */
export function askPassword(plain: PlainSession, question: string, goOn: (password: string) => void): void {
  plain.notice(question);
  plain.host.hideTyping(true);
  plain.answerNext((line) => {
    plain.host.hideTyping(false);
    if (line.trim() === '') return plain.notice('never mind');
    return goOn(line);
  });
}
