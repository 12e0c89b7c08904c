import { parseIrcMessage, type IrcMessage } from '../../src/protocol/irc/message.ts';
import type { TestServer } from './test-server.ts';
import type { TextClient } from './text-client.ts';

/** An IRC client that says just what a test tells it to. */
export class IrcClient {
  readonly text: TextClient;
  #fences = 0;

  constructor(text: TextClient) {
    this.text = text;
  }

  /** Connects and registers, with capabilities if any are named; what the server says to that is taken. */
  static async join(server: Pick<TestServer, 'open'>, nick: string, capabilities = ''): Promise<IrcClient> {
    const client = new IrcClient(await server.open());
    if (capabilities !== '') client.send(`CAP REQ :${capabilities}`, 'CAP END');
    client.send(`NICK ${nick}`, `USER ${nick} 0 * :Real ${nick}`);
    await client.all();
    return client;
  }

  send(...lines: readonly string[]): void {
    this.text.send(lines.map((line) => `${line}\r\n`).join(''));
  }

  /** The next message, with its tags. */
  async message(): Promise<IrcMessage> {
    const line = (await this.text.until('\r\n')).slice(0, -2);
    const message = parseIrcMessage(line);
    if (message === undefined) throw new Error(`not a message: ${line}`);
    return message;
  }

  /** The next message as text, without its tags. */
  async line(): Promise<string> {
    return withoutTags((await this.text.until('\r\n')).slice(0, -2));
  }

  /** Sends some lines, and gives all that has come by the time the server has dealt with them, without tags. */
  async all(...lines: readonly string[]): Promise<string[]> {
    return (await this.raw(...lines)).map(withoutTags);
  }

  /** The same with tags. */
  async raw(...lines: readonly string[]): Promise<string[]> {
    const fence = `fence-${++this.#fences}`;
    this.send(...lines, `PING ${fence}`);
    const text = await this.text.until(`:${fence}\r\n`);
    const heard = text.split('\r\n').slice(0, -2);
    // Whether a client has what it was sent it is asked now and then, which its user never sees.
    const questions = heard.filter(isQuestion);
    this.send(...questions.map((line) => line.replace('PING', 'PONG')));
    return heard.filter((line) => !isQuestion(line));
  }

  /** What others have caused to be sent here so far. */
  async heard(): Promise<string[]> {
    return this.all();
  }
}

function isQuestion(line: string): boolean {
  return line.startsWith('PING :seen-');
}

function withoutTags(line: string): string {
  return line.startsWith('@') ? line.slice(line.indexOf(' ') + 1) : line;
}
