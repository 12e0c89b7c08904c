import { createInterface } from 'node:readline';
import { misused } from './command-line.ts';
import { EXIT, type Io } from './io.ts';

/**
 * Whether something that cannot be taken back is to be done: whoever is at the terminal is asked. Without one it has to
 * be said beforehand. Otherwise the exit code.
 */
export async function confirm(io: Io, command: string, question: string): Promise<true | number> {
  const { stdin, stderr } = io;
  if (!stdin.isTTY) return misused(io, command, 'say --yes: there is nobody at a terminal to be asked');
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    stderr.write(`${question} [y/N] `);
    for await (const line of lines) {
      if (/^y(?:es)?$/i.test(line.trim())) return true;
      break;
    }
  } finally {
    lines.close();
  }
  stderr.write('partyline: nothing was done.\n');
  return EXIT.failed;
}
