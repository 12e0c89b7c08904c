import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** Why a test that mounts a file system has to be skipped; false when it may. */
export function cannotMount(): string | false {
  const mounted = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/tmp']);
  return mounted.status === 0 ? false : 'file systems cannot be mounted here (needs root on Linux)';
}

/** A file system of its own with little room. It goes with the test. */
export class SmallDisk {
  readonly folder: string;
  readonly #filler: string;

  constructor(t: TestContext, bytes: number) {
    this.folder = mkdtempSync(join(tmpdir(), 'partyline-test-'));
    this.#filler = join(this.folder, 'filler');
    mount(['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', this.folder]);
    t.after(() => {
      spawnSync('umount', ['-l', this.folder]);
      rmdirSync(this.folder);
    });
  }

  /** Fills it with something else, up to so many bytes that stay free. */
  fill(freeBytes: number): void {
    const { bavail, bsize } = statfsSync(this.folder);
    writeFileSync(this.#filler, Buffer.alloc(Math.max(0, bavail * bsize - freeBytes)));
  }

  /** Takes that away again. */
  free(): void {
    rmSync(this.#filler);
  }

  setReadOnly(): void {
    mount(['-o', 'remount,ro', this.folder]);
  }
}

function mount(args: readonly string[]): void {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`mount failed: ${stderr}`);
}
