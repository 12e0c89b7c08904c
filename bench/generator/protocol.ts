import type { ProtocolName } from '../workload.ts';

/** A client as its protocol needs to know it. */
export interface Identity {
  readonly index: number;
  readonly room: number;
  /** In how many rooms the clients are. */
  readonly rooms: number;
}

/** What a line that is no message of the bench means to the client that got it. */
interface Reaction {
  /** The server has now served this client. */
  readonly isServed?: boolean;
  /** What the client sends in answer, line ends included. */
  readonly answer?: string;
}

/** One protocol that the generator speaks. A new one is a file like `line-protocol.ts` and an entry in `protocols.ts`. */
export interface Protocol {
  readonly name: ProtocolName;
  /** What a client sends as soon as it is connected, line ends included. */
  open(client: Identity): string;
  /** Reads one line, without its line end, that is no message of the bench. */
  react(line: string, client: Identity): Reaction;
  /** A message to the client's own room, line end included. The text must arrive as the end of a line. */
  message(client: Identity, text: string): string;
}
