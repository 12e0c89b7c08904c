/** A client as its protocol needs to know it. */
export interface Identity {
  readonly index: number;
  readonly room: number;
  /** In how many rooms the clients are. */
  readonly rooms: number;
  /** What it asks for. */
  readonly capabilities: readonly string[];
  /** Whether it enters no room before it is told to. */
  readonly joinsLater: boolean;
}

/** What a line that is no message of the bench means to the client that got it. */
interface Reaction {
  /** The server has now served this client. */
  readonly isServed?: boolean;
  /** What the client sends in answer, line ends included. */
  readonly answer?: string;
  /** A capability that the server lets this client have. */
  readonly granted?: string;
  /** How many people of its room, itself included, this client learns of. */
  readonly met?: number;
}

/** One protocol that the generator speaks. A new one is a file like `line-protocol.ts` and an entry in `protocols.ts`. */
export interface Protocol {
  /** The capability with which one is sent one's own messages too; undefined where there is no such thing. */
  readonly echo?: string;
  /** What a client sends as soon as it is connected, line ends included. */
  open(client: Identity): string;
  /** What a client sends to enter its room, where that is not done on connecting. */
  join(client: Identity): string;
  /** Reads one line, without its line end, that is no message of the bench. */
  react(line: string, client: Identity): Reaction;
  /** A message to the client's own room, line end included. The text must arrive as the end of a line. */
  message(client: Identity, text: string): string;
}
