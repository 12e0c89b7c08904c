import type { IrcMessage } from '../../protocol/irc/message.ts';
import type { Tags } from '../../protocol/irc/tags.ts';
import type { Request } from '../dialect.ts';
import { middle } from './refusal-numerics.ts';
import { relayedTags, sendText } from './send-message.ts';
import type { IrcSession } from './session.ts';

/** What a line of a multiline message takes from a session's allowance, where a message takes 1. */
const COST_OF_LINE = 0.2;
/** What begins a text that is meant for a program (CTCP). */
const CTCP = '\u0001';

/** A message of several lines, as far as the client has sent it. */
interface Draft {
  readonly reference: string;
  readonly target: string;
  readonly tags: Tags;
  /** Runs what answers all of it. */
  readonly answer: (run: () => void) => void;
  command: 'PRIVMSG' | 'NOTICE' | undefined;
  text: string;
  cuts: number[];
  bytes: number;
  lines: number;
}

/** Messages of several lines that one client sends (IRCv3 multiline), one at a time. */
export class Multiline {
  readonly #irc: IrcSession;
  #draft: Draft | undefined;
  /** The reference of the last one that was wrong: the rest of it is passed over. */
  #given: string | undefined;
  /** The age of the session by when the message must be there; undefined until it is seen that one was begun. */
  #dueMs: number | undefined;

  constructor(irc: IrcSession) {
    this.#irc = irc;
  }

  /** What a message takes from the session's allowance, where it is a part of such a message; they count at the end. */
  costOf({ command, params, tags }: IrcMessage): number | undefined {
    const batch = tags.get('batch');
    if (this.#draft === undefined) return batch !== undefined && batch === this.#given ? COST_OF_LINE : undefined;
    const { reference, lines } = this.#draft;
    if (batch === reference) return 0;
    return command === 'BATCH' && params[0] === `-${reference}` ? lines * COST_OF_LINE : undefined;
  }

  /** A request that answers for the message that it sends when it cannot be kept, and ends it when it comes too fast. */
  limited(request: Request): Request {
    const draft = this.#draft;
    if (draft === undefined) return request;
    const tooFast = (retryMs: number): void => {
      const wait = `try again in ${Math.ceil(retryMs / 1000)} s`;
      this.#drop(draft, () => this.#irc.fail('FAIL', 'BATCH', 'RATE_LIMITED', [], `Not sent: too fast; ${wait}`));
    };
    const notKept = (): void => draft.answer(() => this.#irc.refused({ kind: 'not-kept' }));
    return { ...request, tooFast, notKept };
  }

  /** Ends a message that has been under way for too long (IRCv3 client-batch, "Errors"); called now and then. */
  checkTime(ageMs: number): void {
    const draft = this.#draft;
    if (draft === undefined) return;
    this.#dueMs ??= ageMs + this.#irc.options.times.multilineMs;
    if (ageMs < this.#dueMs) return;
    this.#drop(draft, () => this.#irc.fail('FAIL', 'BATCH', 'TIMEOUT', [middle(draft.reference)], 'Batch timed out'));
  }

  /** BATCH +<reference> draft/multiline <target> | -<reference>. */
  command([reference = '', type = '', target = '']: readonly string[], tags: Tags): void {
    const irc = this.#irc;
    const name = reference.slice(1);
    if (reference.startsWith('-') && name !== '') return this.#close(name);
    const isRight = reference.startsWith('+') && name !== '' && type === 'draft/multiline' && target !== '';
    if (!isRight || target.includes(',') || !irc.has('draft/multiline')) return this.#invalid('Invalid batch');
    if (this.#draft !== undefined) this.#invalid('Another multiline message was begun already');
    const answer = irc.answerLater();
    this.#dueMs = undefined;
    this.#draft = { reference: name, target, tags, answer, command: undefined, text: '', cuts: [], bytes: 0, lines: 0 };
    return undefined;
  }

  /** Takes a line of such a message. False if the message is none. */
  take({ command, params, tags }: IrcMessage): boolean {
    const reference = tags.get('batch');
    if (reference === undefined || !this.#irc.has('draft/multiline')) return false;
    const draft = this.#draft;
    if (draft?.reference !== reference) {
      if (draft !== undefined || this.#given !== reference) this.#invalid('There is no such batch');
      return true;
    }
    const [target = '', text] = params;
    const goesOn = tags.has('draft/multiline-concat');
    const isMessage = command === 'PRIVMSG' || command === 'NOTICE';
    if (!isMessage || text === undefined || (draft.command ?? command) !== command) {
      this.#invalid('A batch has PRIVMSG in it, or NOTICE');
    } else if (target.toLowerCase() !== draft.target.toLowerCase()) {
      const context = [middle(draft.target), middle(target)];
      this.#refuse('MULTILINE_INVALID_TARGET', context, 'Invalid multiline target');
    } else if (text.startsWith(CTCP) || (goesOn && text === '')) {
      this.#invalid('Invalid line in a batch');
    } else this.#add(draft, command, text, goesOn);
    return true;
  }

  #add(draft: Draft, command: 'PRIVMSG' | 'NOTICE', text: string, goesOn: boolean): void {
    const { maxBytes, maxLines } = this.#irc.options.multiline;
    const joint = draft.lines === 0 || goesOn ? '' : '\n';
    draft.bytes += joint.length + Buffer.byteLength(text);
    draft.lines++;
    if (draft.bytes > maxBytes) return this.#refuse('MULTILINE_MAX_BYTES', [`${maxBytes}`], 'Too many bytes');
    if (draft.lines > maxLines) return this.#refuse('MULTILINE_MAX_LINES', [`${maxLines}`], 'Too many lines');
    if (goesOn && draft.lines > 1) draft.cuts.push(draft.text.length);
    draft.command = command;
    draft.text += joint + text;
    return undefined;
  }

  #close(reference: string): void {
    const draft = this.#draft;
    if (draft?.reference !== reference) {
      if (this.#given === reference) this.#given = undefined;
      else this.#invalid('There is no such batch');
      return undefined;
    }
    const { command, target, text, cuts, tags } = draft;
    if (command === undefined || text.replaceAll('\n', '') === '')
      return this.#invalid('There is nothing in the batch');
    this.#draft = undefined;
    const irc = this.#irc;
    return draft.answer(() => sendText(irc, command, target, { text, cuts, annotations: relayedTags(irc, tags) }));
  }

  #invalid(text: string): void {
    this.#refuse('MULTILINE_INVALID', [], text);
  }

  #refuse(code: string, context: readonly string[], text: string): void {
    const refuse = (): void => this.#irc.fail('FAIL', 'BATCH', code, context, text);
    if (this.#draft === undefined) refuse();
    else this.#drop(this.#draft, refuse);
  }

  #drop({ reference, answer }: Draft, refuse: () => void): void {
    this.#draft = undefined;
    this.#given = reference;
    answer(refuse);
  }
}
