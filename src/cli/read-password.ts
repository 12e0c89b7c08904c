import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { refuse, ok, type Result } from '../domain/result.ts';
import type { Io } from './io.ts';

const [CTRL_C, CTRL_D, BACKSPACE, CTRL_H, CTRL_U] = ['\u0003', '\u0004', '\u007f', '\b', '\u0015'];

/**
 * A new password: typed twice at a terminal, where it is not shown, or the first line of the standard input. It is never
 * an argument, since everybody on the machine can read those.
 */
export async function readNewPassword({ stdin, stderr }: Io): Promise<Result<string, string>> {
  if (!stdin.isTTY) {
    for await (const line of createInterface({ input: stdin, crlfDelay: Infinity })) return ok(line);
    return refuse('there is no password on the standard input');
  }
  const password = await typed(stdin, stderr, 'Password: ');
  const again = password === undefined ? undefined : await typed(stdin, stderr, 'The same again: ');
  if (password === undefined || again === undefined) return refuse('interrupted');
  return password === again ? ok(password) : refuse('the two are not the same; nothing was changed');
}

/** A line that is typed and not shown; undefined for Ctrl-C and Ctrl-D. */
async function typed(
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
  prompt: string,
): Promise<string | undefined> {
  output.write(prompt);
  input.setRawMode(true);
  input.setEncoding('utf8');
  input.resume();
  let line: string[] = [];
  try {
    for (;;) {
      const [keys] = (await once(input, 'data')) as [string];
      for (const key of keys) {
        if (key === '\r' || key === '\n') return line.join('');
        if (key === CTRL_C || key === CTRL_D) return undefined;
        if (key === BACKSPACE || key === CTRL_H) line.pop();
        else if (key === CTRL_U) line = [];
        else line.push(key);
      }
    }
  } finally {
    input.setRawMode(false);
    input.pause();
    output.write('\n');
  }
}
