import { isDeepStrictEqual } from 'node:util';
import framework, { type Client } from 'irc-framework';
import type { TestContext } from 'node:test';
import type { KeyPair } from '../../src/transports/tls.ts';

/** How long an event is waited for. Long, so that it only ends what would never end. */
const PATIENCE_MS = 60_000;

/** What irc-framework tells a bot of. */
export type BotEvent = Readonly<Record<string, unknown>>;

const EVENTS = [
  'account',
  'action',
  'away',
  'back',
  'irc error',
  'join',
  'kick',
  'loggedin',
  'mode',
  'nick',
  'notice',
  'part',
  'pong',
  'privmsg',
  'quit',
  'registered',
  'sasl failed',
  'topic',
  'user updated',
  'userlist',
  'whois',
];

export interface BotOptions {
  readonly tls?: boolean;
  /** Capabilities to ask for besides those that irc-framework does. */
  readonly capabilities?: readonly string[];
  readonly account?: { readonly account: string; readonly password: string };
  /** Logs in with it. */
  readonly certificate?: KeyPair;
}

/** A bot made with irc-framework. What it is told is kept until a test asks for it. It ends with the test. */
export class IrcBot {
  readonly client: Client;
  /** Every line as it went over the wire, without its end. */
  readonly sent: string[] = [];
  readonly received: string[] = [];
  readonly #untaken: { readonly name: string; readonly event: BotEvent }[] = [];
  #wake: () => void = () => {};

  constructor(t: TestContext, port: number, nick: string, options: BotOptions = {}) {
    const client = new framework.Client();
    this.client = client;
    client.on('raw', ({ line, from_server: isFromServer }) => {
      (isFromServer ? this.received : this.sent).push(line.trimEnd());
    });
    for (const name of EVENTS) {
      client.on(name, (event) => {
        this.#untaken.push({ name, event });
        this.#wake();
      });
    }
    if (options.capabilities !== undefined) client.requestCap(options.capabilities);
    client.connect({
      host: '127.0.0.1',
      port,
      nick,
      username: nick,
      gecos: `${nick} the bot`,
      tls: options.tls ?? false,
      rejectUnauthorized: false,
      enable_echomessage: true,
      enable_setname: true,
      auto_reconnect: false,
      account: options.account,
      ...(options.certificate === undefined
        ? {}
        : {
            sasl_mechanism: 'EXTERNAL',
            client_certificate: { certificate: options.certificate.cert, private_key: options.certificate.key },
          }),
    });
    t.after(() => client.quit('the test is over'));
  }

  /** The first event with this name and these properties that has not been asked for yet. */
  async next(name: string, properties: BotEvent = {}): Promise<BotEvent> {
    const patienceEnds = performance.now() + PATIENCE_MS;
    const timer = setTimeout(() => this.#wake(), PATIENCE_MS);
    for (;;) {
      const at = this.#untaken.findIndex((kept) => kept.name === name && has(kept.event, properties));
      if (at !== -1) {
        clearTimeout(timer);
        return this.#untaken.splice(at, 1)[0]!.event;
      }
      if (performance.now() >= patienceEnds) {
        throw new Error(
          `the bot was not told: ${name} ${JSON.stringify(properties)}, but ${JSON.stringify(this.#untaken)}`,
        );
      }
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

function has(event: BotEvent, properties: BotEvent): boolean {
  return Object.entries(properties).every(([name, value]) => isDeepStrictEqual(event[name], value));
}
