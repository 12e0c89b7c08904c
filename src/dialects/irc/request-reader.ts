import { isUtf8 } from 'node:buffer';
import { parseIrcMessage } from '../../protocol/irc/message.ts';
import { tagOf } from '../../protocol/irc/tags.ts';
import type { Request } from '../dialect.ts';
import type { Answering } from './answering.ts';
import type { IrcCommand } from './command.ts';
import { commands } from './command-table.ts';
import { dispatch } from './dispatch.ts';
import { MAX_BODY_BYTES } from './line.ts';
import { middle } from './refusal-numerics.ts';
import type { IrcSession } from './session.ts';

/** IRCv3 message-tags: bytes that a client's tags may have, with "@" and the space. */
const MAX_TAG_BYTES = 4096;

/** IRCv3 labeled-response, "Tag value": it must not be longer. One that is, is none. */
const MAX_LABEL_BYTES = 64;

/** Commands that a client may send before it is registered without their counting for its allowance. */
const MAX_FREE_COMMANDS = 60;

/** What a request counts for. */
type Weight = Pick<Request, 'cost' | 'isOfArriving'>;
const ONE: Weight = { cost: 1 };

/** Makes requests of the lines of one IRC client. */
export class RequestReader {
  readonly #irc: IrcSession;
  readonly #answering: Answering;
  #freeCommands = MAX_FREE_COMMANDS;

  constructor(irc: IrcSession, answering: Answering) {
    this.#irc = irc;
    this.#answering = answering;
  }

  /** The request that stands in a line; undefined when there is none. */
  read(line: Buffer): Request | undefined {
    const tagEnd = line[0] === 0x40 ? line.indexOf(0x20) + 1 : 0;
    if (tagEnd > MAX_TAG_BYTES || line.length - tagEnd > MAX_BODY_BYTES) return this.readTooLong(line);
    if (!isUtf8(line)) return this.#refuseBytes(line);
    const message = parseIrcMessage(withoutImpossible(line.toString('utf8')));
    if (message === undefined) return undefined;
    const command = commands.get(message.command);
    const cost = this.#irc.multiline.costOf(message) ?? this.#costOf(command);
    const { params } = message;
    const label = this.#labelOf(message.tags.get('label'));
    const weight = { cost, isOfArriving: command?.isOfArriving };
    const request = this.#request(weight, label, message.command, () => {
      if (!this.#irc.multiline.take(message)) dispatch(this.#irc, command, message);
    });
    if (message.command === 'BATCH') return this.#irc.multiline.limited(request);
    if (command?.tooFast === undefined) return request;
    return {
      ...request,
      tooFast: (retryMs) => this.#answering.respond(label, () => command.tooFast?.(this.#irc, params, retryMs)),
    };
  }

  /** The request that a line stands for which is too long to be one. */
  readTooLong(start: Buffer): Request {
    return this.#request(ONE, this.#labelOf(tagOf(start, 'label')), '*', () =>
      this.#irc.numeric('ERR_INPUTTOOLONG', 'Input line was too long'),
    );
  }

  /** The label that an answer is to have, if any. */
  #labelOf(label: string | undefined): string | undefined {
    if (label === undefined || label === '' || !this.#irc.has('labeled-response')) return undefined;
    return Buffer.byteLength(label) > MAX_LABEL_BYTES ? undefined : label;
  }

  /** A request that is answered with its label, if it has one, whether it is taken or not. */
  #request({ cost, isOfArriving }: Weight, label: string | undefined, verb: string, run: () => void): Request {
    if (label === undefined) return { cost, isOfArriving, run: () => this.#answering.respond(undefined, run) };
    return {
      cost,
      isOfArriving,
      run: () => this.#answering.respond(label, run),
      tooFast: (retryMs) =>
        this.#answering.respond(label, () => this.#irc.notTaken(middle(verb), 'Your command was', retryMs)),
      notKept: () => this.#answering.respond(label, () => this.#irc.refused({ kind: 'not-kept' })),
    };
  }

  /** Registering takes many commands at once from some clients, so a good number of those is free. */
  #costOf(command: IrcCommand | undefined): number {
    if (!this.#irc.isRegistered && this.#freeCommands > 0) {
      this.#freeCommands--;
      return 0;
    }
    return command?.cost ?? 1;
  }

  /** IRCv3 utf8-only: what is not UTF-8 is not taken. */
  #refuseBytes(line: Buffer): Request {
    const verb = middle(parseIrcMessage(line.toString('utf8'))?.command ?? '*');
    const text = 'Message rejected: your software must send UTF-8 on this server';
    return this.#request(ONE, this.#labelOf(tagOf(line, 'label')), verb, () =>
      this.#irc.fail('FAIL', verb, 'INVALID_UTF8', [], text),
    );
  }
}

/** RFC 1459 section 2.3.1: no NUL and no CR in a message. To some clients a CR that is passed on begins a new one. */
function withoutImpossible(line: string): string {
  return line.includes('\0') || line.includes('\r') ? line.replaceAll(/[\0\r]/g, '') : line;
}
