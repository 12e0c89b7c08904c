import { TextClient } from '../support/text-client.ts';

/** One message, as a client got it. */
export interface Heard {
  readonly id: string;
  readonly text: string;
}

/** `echo-message`: so that the author knows the ids as well. `draft/chathistory`: so that nothing old is replayed. */
const CAPABILITIES = 'message-tags server-time echo-message batch draft/chathistory';

const MESSAGE = /^@(?:[^ ]*;)?msgid=([^; ]+)[^ ]* :[^ ]+ PRIVMSG ([^ ]+) :(.*)$/;

/** An IRC client in one room that keeps everything it is told there, whoever said it. */
export class Talker {
  readonly room: string;
  readonly #client: TextClient;

  private constructor(client: TextClient, room: string) {
    this.#client = client;
    this.room = room;
  }

  static async enter(port: number, nick: string, room: string): Promise<Talker> {
    const client = await TextClient.open(port);
    client.send(`CAP REQ :${CAPABILITIES}\r\nCAP END\r\nNICK ${nick}\r\nUSER ${nick} 0 * :${nick}\r\nJOIN ${room}\r\n`);
    await client.until(' 366 ');
    return new Talker(client, room);
  }

  say(text: string): void {
    this.#client.send(`PRIVMSG ${this.room} :${text}\r\n`);
  }

  /** Asks for the last of what was said in the room. */
  async latest(limit: number): Promise<Heard[]> {
    this.#client.send(`CHATHISTORY LATEST ${this.room} * ${limit}\r\nPING end\r\n`);
    return messagesIn(await this.#client.until(':end\r\n'), this.room);
  }

  /** Waits for the end of the connection, and gives whole messages that had come by then. */
  async heardInAll(): Promise<Heard[]> {
    await this.#client.end();
    this.#client.close();
    return messagesIn(this.#client.received, this.room);
  }

  leave(): void {
    this.#client.close();
  }
}

function messagesIn(text: string, room: string): Heard[] {
  // What stands behind the last line end is half a message.
  return text
    .split('\r\n')
    .slice(0, -1)
    .flatMap((line) => {
      const [, id, target, said] = MESSAGE.exec(line) ?? [];
      return id === undefined || said === undefined || target !== room ? [] : [{ id, text: said }];
    });
}
