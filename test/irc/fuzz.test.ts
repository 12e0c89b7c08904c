// Generated command lines from several sessions at once: valid, nearly valid and random ones, of everybody and of an
// operator, who also disconnects people. No fault (the test's server sees to that), every invariant of the domain holds
// after each line, and every label is answered exactly once.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { commands } from '../../src/dialects/irc/command-table.ts';
import type { Request } from '../../src/dialects/dialect.ts';
import { IrcSession } from '../../src/dialects/irc/session.ts';
import { assertSound } from '../domain/assert-sound.ts';
import { IrcClient } from '../support/irc-client.ts';
import { startServer, type TestServer } from '../support/test-server.ts';

const LINES = 100_000;
const LINES_AT_ONCE = 100;
/** Clients that nobody disconnects, an operator among them, and others that may be disconnected at any time. */
const [LASTING, PASSING] = [6, 2];

const ROOMS = ['#a', '#b', '#lobby', '#A', '#none'];
const NICKS = ['n0', 'n1', 'N2', 'n3', 'boss', 'nobody'];
const TEXTS = [
  'hello',
  ':hello there',
  ':',
  '\u0001ACTION x\u0001',
  ':\u0001VERSION\u0001',
  '\u0002bold',
  ':é🙂',
  'x'.repeat(300),
];
const WORDS = [
  ...ROOMS,
  ...NICKS,
  ...TEXTS,
  '@#a',
  '+#b',
  '*',
  '',
  '0',
  '-1',
  '+o',
  '-o+v',
  '+b',
  '+e',
  '-I',
  '+k',
  '+l',
  '+ntimsplkCRMN',
  '+q',
  '-q+a-h',
  '+f',
  '+j',
  '3:5',
  '*!*@*',
  'n?!*@*',
  'm:n1',
  'a:x',
  '%tcuihnsfdlaor,7',
  '>1',
  '<5,C>0',
  'a,b,c,d,e',
  '#a,#b,#c',
  'n0,n1,n2,n3,n4,n5',
  'LS',
  'REQ',
  'LIST',
  'END',
  'S',
  'L',
  'C',
  '-',
  '+',
];
/** Commands as clients send them. `R`, `N` and `T` stand for a channel, a nick and a text. */
const VALID = [
  'ACCEPT N',
  'ACCEPT *',
  'AWAY T',
  'AWAY',
  'CAP LIST',
  'HELP PRIVMSG',
  'INVITE N R',
  'ISON N N N',
  'JOIN R',
  'JOIN R,R key',
  'KICK R N T',
  'LIST',
  'LUSERS',
  'MODE R',
  'MODE R +b',
  'MODE R +b N!*@*',
  'MODE R -b N!*@*',
  'MODE R +o-v N N',
  'MODE R +m-m',
  'MODE R +lk 5 key',
  'MODE R -lk key',
  'MODE n0 +iw',
  'MODE n1 -i+gB',
  'MODE n1 -gB',
  'MONITOR + N,N',
  'MONITOR - N',
  'MONITOR S',
  'NAMES R',
  'NICK N',
  'NICK n0',
  'NICK n1',
  'NOTICE N T',
  'NOTICE R T',
  'PART R T',
  'PING T',
  'PRIVMSG N T',
  'PRIVMSG R,N T',
  'PRIVMSG @R T',
  'SETNAME T',
  'STATS u',
  'TAGMSG R',
  'TOPIC R T',
  'TOPIC R',
  'USERHOST N N',
  'VERSION',
  'WHO R %cnf',
  'WHO n*',
  'WHOIS N',
  'WHOWAS N',
];
const FOR_OPERATORS = [
  'CHGHOST N h.example',
  'MODE boss +iw',
  'MODE boss -o',
  'OPER boss open-sesame',
  'OPER boss open-sesame',
  'REHASH',
  'SAJOIN R',
  'SAJOIN N R',
  'SAMODE R +o N',
  'STATS k',
  'WALLOPS T',
  'KILL V T',
  'KLINE V T',
  'KLINE 1h V!*@* T',
  'UNKLINE V',
  'UNKLINE V!*@*',
  'DLINE 192.0.2.0/24 T',
  'UNDLINE 192.0.2.0/24',
];
/** Only in lines of their own, so that whoever is to stay is not sent away. */
const SENDING_AWAY = new Set(['DLINE', 'KILL', 'KLINE', 'QUIT']);

/** Numbers from 0 up to, not including, a limit; the same ones for the same seed (mulberry32). */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** Writes lines, of whatever kind. */
class LineWriter {
  readonly #below: (limit: number) => number;
  readonly #verbs = [...commands.keys(), 'FOO'].filter((verb) => !SENDING_AWAY.has(verb));

  constructor(seed: number) {
    this.#below = randomNumbers(seed);
  }

  /** Something behind a label: latin1, so that it may be no UTF-8. */
  line(own: readonly string[]): string {
    const kind = this.#below(10);
    if (kind < 5) return this.#valid(kind < 2 ? own : VALID);
    if (kind < 9) return this.#nearlyValid();
    return this.#random();
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[this.#below(items.length)]!;
  }

  #valid(forms: readonly string[]): string {
    const filled = this.#pick(forms)
      .replaceAll(/\bR\b/g, () => this.#pick(ROOMS))
      .replaceAll(/\bN\b/g, () => this.#pick(NICKS))
      .replaceAll(/\bV\b/g, () => `v${this.#below(4)}`)
      .replace(/\bT$/, () => this.#pick(TEXTS));
    return bytes(filled);
  }

  #nearlyValid(): string {
    const words = Array.from({ length: this.#below(5) }, () => this.#pick(WORDS));
    return bytes(`${this.#pick(this.#verbs)} ${words.join(' ')}`);
  }

  /** A letter, so that there is something to answer, and any bytes but those that end a line. */
  #random(): string {
    const codes = Array.from({ length: this.#below(700) }, () => 1 + this.#below(255));
    return `x${String.fromCharCode(...codes).replaceAll(/[\r\n]/g, ' ')}`;
  }
}

function bytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}

class Player {
  readonly #server: TestServer;
  readonly #writer: LineWriter;
  readonly #own: readonly string[];
  readonly #nick: () => string;
  readonly #capabilities: string;
  #client: IrcClient | undefined;
  #label = 0;
  /** How often it was disconnected. */
  losses = 0;

  constructor(
    server: TestServer,
    writer: LineWriter,
    options: { own: readonly string[]; nick: () => string; extra: string },
  ) {
    this.#server = server;
    this.#writer = writer;
    this.#own = options.own;
    this.#nick = options.nick;
    this.#capabilities = `labeled-response batch ${options.extra}`;
  }

  /** Sends some lines and looks at the answers. */
  async play(): Promise<void> {
    const labels = Array.from({ length: LINES_AT_ONCE }, () => `x${++this.#label}`);
    const lines = labels.map((label) => `@label=${label};+typing=active ${this.#writer.line(this.#own)}\r\n`);
    let answers: string[] = [];
    try {
      this.#client ??= await IrcClient.join(this.#server, this.#nick(), this.#capabilities);
      this.#client.text.send(Buffer.from(lines.join(''), 'latin1'));
      answers = await this.#client.raw();
    } catch {
      this.#client = undefined;
      this.losses++;
      return;
    }
    // RFC 2812 section 2.3; tags are counted apart.
    for (const line of answers) assert.ok(Buffer.byteLength(line.replace(/^@\S+ /, '')) <= 510, line);
    const answered = answers.flatMap((line) => /^@label=(x\d+)[; ]/.exec(line)?.[1] ?? []);
    assert.deepEqual(answered, labels, 'every label is answered once');
  }
}

/** Looks at the chat after every line that the server takes. */
function watch(t: TestContext): { lines: number } {
  const seen = { lines: 0 };
  const prototype: { read: (this: IrcSession, line: Buffer) => Request | undefined } = IrcSession.prototype;
  const { read } = prototype;
  t.mock.method(prototype, 'read', function (this: IrcSession, line: Buffer) {
    const request = read.call(this, line);
    if (request === undefined) return undefined;
    const run = (): void => {
      request.run();
      seen.lines++;
      assertSound(this.host.chat);
    };
    return { ...request, run };
  });
  return seen;
}

test('100,000 generated lines: no fault, the chat is sound after each, every label is answered exactly once', async (t) => {
  const server = await startServer(t, {
    limits: { detection_ms: 10, enabled: false },
    irc: { operators: ['boss:open-sesame'] },
  });
  const seen = watch(t);
  const writer = new LineWriter(7);
  const extras = ['', 'echo-message message-tags server-time', 'extended-monitor away-notify multi-prefix'];
  const lasting = Array.from({ length: LASTING }, (_, index) => {
    const isBoss = index === LASTING - 1;
    const own = isBoss ? FOR_OPERATORS : VALID;
    return new Player(server, writer, { own, nick: () => (isBoss ? 'boss' : `n${index}`), extra: extras[index % 3]! });
  });
  let passed = 0;
  const passing = Array.from({ length: PASSING }, (_, index) => {
    const own = [...VALID, 'QUIT T'];
    return new Player(server, writer, { own, nick: () => `v${passed++ % 4}`, extra: extras[index % 3]! });
  });
  while (seen.lines < LINES) await Promise.all([...lasting, ...passing].map((player) => player.play()));
  for (const player of lasting) assert.equal(player.losses, 0);
  for (const player of passing) assert.ok(player.losses > 10, 'people were disconnected');
  t.diagnostic(`${passing.reduce((sum, { losses }) => sum + losses, 0)} disconnections`);
});
