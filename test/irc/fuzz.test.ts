// Generated command lines from several sessions at once: valid, nearly valid and random ones, of everybody and of an
// operator, who also disconnects people. No fault (the test's server sees to that), every invariant of the domain holds
// after each line, and every label is answered exactly once.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Request } from '../../src/dialects/dialect.ts';
import { IrcSession } from '../../src/dialects/irc/session.ts';
import type { Credentials } from '../../src/domain/account.ts';
import type { Chat } from '../../src/domain/chat.ts';
import { ok } from '../../src/domain/result.ts';
import { PasswordWork } from '../../src/server/passwords.ts';
import { assertSound } from '../domain/assert-sound.ts';
import { IrcClient } from '../support/irc-client.ts';
import { FOR_OPERATORS, LineWriter, PASSING_NICKS, VALID, WITH_ACCOUNTS } from './generated-lines.ts';
import { startServer, type TestServer } from '../support/test-server.ts';

const LINES = 100_000;
const LINES_AT_ONCE = 100;
/** Clients that nobody disconnects, an operator among them, and others that may be disconnected at any time. */
const [LASTING, PASSING] = [6, 2];

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

/** Nobody is called what belongs to an account that they are not logged in to. */
function assertOwnNicks({ nickOwners, sessions }: Chat): void {
  for (const { account, persona } of sessions.values()) {
    const owner = nickOwners.get(persona.key);
    assert.ok(owner === undefined || owner === account, `${persona.name} is called what belongs to somebody else`);
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
      assertOwnNicks(this.host.chat);
    };
    return { ...request, run };
  });
  return seen;
}

/** Makes and checks passwords at once, so that many accounts can be made; what is kept of one is the password itself. */
function hurryPasswords(t: TestContext): void {
  const keys = { salt: 'AAAA', iterations: 4096, storedKey: 'AAAA', serverKey: 'AAAA' };
  t.mock.method(PasswordWork.prototype, 'hash', (password: string) =>
    Promise.resolve(ok({ password, scram: { sha256: keys, sha512: keys } })),
  );
  t.mock.method(PasswordWork.prototype, 'verify', (credentials: Credentials | undefined, password: string) =>
    Promise.resolve(ok(credentials?.password === password)),
  );
}

test('100,000 generated lines: no fault, the chat is sound after each, every label is answered exactly once', async (t) => {
  const server = await startServer(t, {
    limits: { detection_ms: 10, enabled: false },
    irc: { operators: ['boss:open-sesame'] },
  });
  const seen = watch(t);
  hurryPasswords(t);
  const writer = new LineWriter(7);
  const extras = [
    '',
    'echo-message message-tags server-time',
    'extended-monitor away-notify multi-prefix draft/metadata-2 draft/channel-rename draft/extended-isupport',
  ];
  const lasting = Array.from({ length: LASTING }, (_, index) => {
    const isBoss = index === LASTING - 1;
    // Whoever is to stay is not suspended by a nick of somebody else's.
    const own = isBoss ? FOR_OPERATORS : [...VALID, 'NS GROUP', 'NS GROUP'];
    return new Player(server, writer, { own, nick: () => (isBoss ? 'boss' : `n${index}`), extra: extras[index % 3]! });
  });
  let passed = 0;
  const passing = Array.from({ length: PASSING }, (_, index) => {
    const own = [...VALID, ...WITH_ACCOUNTS, 'QUIT T', 'NS GHOST V open-sesame'];
    return new Player(server, writer, {
      own,
      nick: () => PASSING_NICKS[passed++ % PASSING_NICKS.length]!,
      extra: extras[index % 3]!,
    });
  });
  while (seen.lines < LINES) await Promise.all([...lasting, ...passing].map((player) => player.play()));
  const { faults } = server.journal;
  assert.deepEqual(faults, []);
  for (const player of lasting) assert.equal(player.losses, 0);
  for (const player of passing) assert.ok(player.losses > 10, 'people were disconnected');
  const { accounts, rooms } = server.server.office.chat;
  const owned = [...rooms.values()].filter(({ registration }) => registration !== undefined);
  t.diagnostic(`${passing.reduce((sum, { losses }) => sum + losses, 0)} disconnections`);
  t.diagnostic(`at the end ${accounts.size} accounts, which own ${owned.length} rooms`);
});
