import type { FigureName } from './figures.ts';

/** The protocols a server may be measured in. */
export type ProtocolName = 'line' | 'irc';

interface Talking {
  /** Everyone connected, spread evenly over the rooms. */
  readonly clients: number;
  readonly rooms: number;
  /** How many of the clients post; they take turns. */
  readonly senders: number;
  readonly messages: number;
  /** Posted before the measured span, so that no server is measured while its code is still being compiled. */
  readonly warmUpMessages: number;
  /** Messages that may be under way at any time. */
  readonly window: number;
  /**
   * Capabilities to ask for, where the protocol has such: a set for the first client, one for the second and so on, and
   * then from the first set again. Without it nobody asks for any.
   */
  readonly capabilitySets?: readonly (readonly string[])[];
  /** Length of a message without its line end. */
  readonly messageBytes: number;
  /** Every how many deliveries one client reads a timestamp. */
  readonly sampleEvery: number;
  /** Posting stops after this long even if messages are left: figures are per delivery, so a slow server ends earlier. */
  readonly longestSeconds: number;
  /** When nothing has been delivered for this long, the rest counts as lost. */
  readonly giveUpAfterSeconds: number;
}

/** What the generator does to one server. Plain data, because it goes to another process. */
export type Workload =
  | ({ readonly kind: 'talk' } & Talking)
  /** As `talk`, while one more client stops reading until the others are done. */
  | ({ readonly kind: 'sleep' } & Talking)
  /** Connects, waits until everyone is served, and says nothing. */
  | { readonly kind: 'idle'; readonly clients: number; readonly rooms: number }
  /** Everyone is connected already, and enters one room at the same time. */
  | { readonly kind: 'join'; readonly clients: number; readonly giveUpAfterSeconds: number };

/** The order given to a generator process. */
export interface Order {
  readonly port: number;
  /** The server's process, whose CPU time and memory are read. */
  readonly pid: number;
  readonly protocol: ProtocolName;
  /** Whether the server sends a line to a newcomer; where it does, a client counts as served only then. */
  readonly greets: boolean;
  readonly workload: Workload;
}

/** What came of one order. Anything in `problems` makes the whole run of the bench fail. */
export interface Outcome {
  readonly figures: Figures;
  readonly notes: readonly string[];
  readonly problems: readonly string[];
}

export type Figures = Partial<Record<FigureName, number>>;

/** What a generator process sends to the one that started it. */
export type Report =
  | { readonly kind: 'progress'; readonly text: string }
  | { readonly kind: 'done'; readonly outcome: Outcome };
