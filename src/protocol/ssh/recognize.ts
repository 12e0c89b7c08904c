import { recognizeFirstLine, type Recognition } from '../first-line.ts';

/** The identification string that both sides of SSH begin with (RFC 4253 section 4.2). */
const IDENTIFICATION = /^SSH-[\d.]+-\S+(?: .*)?$/;

/** Whether a connection's first bytes are those of an SSH client. */
export function recognizeSsh(firstBytes: Buffer): Recognition {
  return recognizeFirstLine(firstBytes, ['SSH-'], (line) => IDENTIFICATION.test(line));
}
