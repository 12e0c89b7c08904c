import { join, relative } from 'node:path';
import type { Progress } from './operation.ts';

/** The longest request, in bytes. */
export const MAX_REQUEST_BYTES = 65_536;

/** What is asked for: one line of JSON. */
export interface ControlRequest {
  readonly operation: string;
  readonly input: unknown;
}

/** A line of the answer: as many as there are steps say how far it has come, and the last one how it ended. */
export type ControlReply =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly output: unknown }
  | { readonly kind: 'refused'; readonly problem: string };

/** Where a server can be reached by whoever runs it: in its data directory. A short path, since those of sockets have to be. */
export function controlPath(data: string): string {
  const path = join(data, 'control.sock');
  const fromHere = relative('', path);
  return fromHere.length < path.length ? fromHere : path;
}
