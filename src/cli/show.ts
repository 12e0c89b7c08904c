import { EXIT, type Io } from './io.ts';

/** Shows an outcome to scripts. */
export function showJson({ stdout }: Io, value: unknown): number {
  stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
  return EXIT.ok;
}

/** Shows an outcome to people. */
export function showText({ stdout }: Io, text: string): number {
  stdout.write(text);
  return EXIT.ok;
}
