/** What the IRC dialect is told of the settings. */
export interface IrcOptions {
  readonly serverName: string;
  readonly networkName: string;
  /** What is said of the server in a line. */
  readonly description: string;
  readonly version: string;
  /** When the server started, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Lines of the message of the day. */
  readonly motd: readonly string[];
  /** What a client must send with PASS; undefined when nothing. */
  readonly password: string | undefined;
  /** Whether clients begin with +i. */
  readonly isInvisible: boolean;
  readonly operators: readonly { readonly name: string; readonly password: string }[];
  /** Gateways that may say where their users come from (IRCv3 webirc). */
  readonly gateways: readonly {
    readonly password: string;
    isAt(address: string): boolean;
    /** Whether a text is an IP address. */
    isAddress(text: string): boolean;
  }[];
  /** Where clients are told to come with TLS, and for how long to remember it (IRCv3 sts); undefined for nowhere. */
  readonly strictTransport: { readonly port: number; readonly seconds: number } | undefined;
  /** Client tags that are not passed on, as CLIENTTAGDENY has them (IRCv3 message-tags): without their `+`. */
  readonly deniedClientTags: ReadonlySet<string>;
  /** The settings file, as its operators know it. */
  readonly settingsFile: string;
  /** Reads the settings file and the certificate anew; gives what was wrong with them, if anything. */
  rehash(): readonly string[];
  /** Whether clients that have not registered yet may make accounts. */
  readonly registersEarly: boolean;
  /** Whether whoever makes an account gives an address of e-mail. */
  readonly needsEmail: boolean;
  /** What the password of a new account may have. */
  readonly newPassword: { readonly minChars: number; readonly maxBytes: number };
  /** What a message of several lines may have. */
  readonly multiline: { readonly maxBytes: number; readonly maxLines: number };
  /** In milliseconds. */
  readonly times: {
    readonly registrationMs: number;
    readonly pingMs: number;
    readonly timeoutMs: number;
    /** How long a client may take to send a message of several lines. */
    readonly multilineMs: number;
  };
  readonly limits: {
    readonly nickChars: number;
    readonly userChars: number;
    readonly realNameBytes: number;
    readonly roomNameChars: number;
    readonly topicBytes: number;
    readonly awayBytes: number;
    readonly reasonBytes: number;
    readonly rooms: number;
    readonly listEntries: number;
    readonly watched: number;
    readonly targets: number;
    readonly metadataKeys: number;
    readonly metadataSubscriptions: number;
    readonly metadataValueBytes: number;
    /** Messages of history that are sent at once. */
    readonly historyPage: number;
    /** Messages that those who come into a channel and cannot ask for history are sent. */
    readonly replayLines: number;
    /** Messages of a channel or a talk that somebody's client which cannot ask is sent of what it missed. */
    readonly missedLines: number;
  };
}
