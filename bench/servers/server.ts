import type { ProtocolName } from '../workload.ts';

/** A program that can be measured. */
export interface Server {
  readonly name: string;
  readonly summary: string;
  readonly protocols: readonly ProtocolName[];
  /** Whether it sends a newcomer a line by itself. */
  readonly greets: boolean;
  readonly hasRooms: boolean;
  /** Whether it is measured only when it is asked for by name. */
  readonly isOnRequest?: boolean;
  /** Finds the program, or builds it in the folder; tells why it cannot be had. */
  prepare(folder: string): Prepared;
}

export type Prepared =
  | { readonly found: true; readonly version: string; launch(port: number, folder: string): Launch }
  | { readonly found: false; readonly reason: string };

/** How to start it, listening on a port of 127.0.0.1; the folder is empty and its own. */
export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  /** Besides the environment of the bench itself. */
  readonly environment?: Readonly<Record<string, string>>;
}
