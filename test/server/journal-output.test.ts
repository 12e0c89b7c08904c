import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { JournalOutput } from '../../src/server/journal-output.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The two ends of a pipe: one to read from without waiting, one to write to. */
function pipe(t: TestContext): [reader: number, writer: number] {
  const file = join(temporaryFolder(t), 'pipe');
  execFileSync('mkfifo', [file]);
  const reader = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(file, constants.O_WRONLY);
  t.after(() => closeSync(writer));
  return [reader, writer];
}

/** Reads what there is. */
function read(reader: number): string {
  const bytes = Buffer.alloc(4 * 1024 * 1024);
  let length = 0;
  try {
    for (let count = 1; count > 0; length += count) count = readSync(reader, bytes, { offset: length });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
  }
  return bytes.toString('utf8', 0, length);
}

test('nobody waits for a reader that does not read: what is too much is left out, and said to be', async (t) => {
  const [reader, writer] = pipe(t);
  t.after(() => closeSync(reader));
  const output = new JournalOutput(writer, (lines) => `left out: ${lines}\n`);
  const total = 3000;
  for (let line = 0; line < total; line++) output.write(`${line} ${'x'.repeat(1000)}\n`);
  let text = '';
  for (; !text.includes('the end'); text += read(reader)) {
    await output.flush(100);
    if (text.length > 1_000_000) output.write('the end\n');
  }
  const lines = text.split('\n').filter((line) => line !== '');
  const leftOut = Number(/left out: (\d+)/.exec(text)?.[1]);
  const numbers = lines.filter((line) => line.endsWith('x')).map((line) => Number(line.split(' ')[0]));
  assert.deepEqual(numbers, [...Array(total - leftOut).keys()]);
  assert.ok(leftOut > 0 && lines.indexOf(`left out: ${leftOut}`) === total - leftOut);
});

test('a reader that has gone is no fault', (t) => {
  const [reader, writer] = pipe(t);
  const output = new JournalOutput(writer, () => '');
  closeSync(reader);
  output.write('to nobody\n');
  output.write('again\n');
});
