import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the part of the heap that new objects are made in as small as it is. By itself it grows to 128 MiB in a storm of
 * joins, and stays so; a chat server's garbage is as cheap to collect in a hundredth of that
 * (docs/decisions/0007-a-small-young-generation.md).
 */
export function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
