import type { Host } from '../dialect.ts';
import { allLines, labelledLines, nextPiece, remainingPieces, type AnswerPart, type BatchNames } from './answer.ts';
import type { OutgoingLine } from './line.ts';

/** What one client is sent: as one answer while a command is being answered, with its label, and at once otherwise. */
export class Answering {
  readonly #host: Host;
  readonly #serverName: string;
  /** What the command under way has answered so far. */
  #answer: AnswerPart[] | undefined;
  #label: string | undefined;
  #batchCount = 0;

  constructor(host: Host, serverName: string) {
    this.#host = host;
    this.#serverName = serverName;
  }

  put(part: AnswerPart): void {
    if (this.#answer !== undefined) this.#answer.push(part);
    else this.#write('body' in part ? [part] : allLines([part], this.#names));
  }

  /** Runs something that answers a request: all that it sends is one response, labelled as the client asked. */
  respond(label: string | undefined, run: () => void): void {
    this.#answerWith(label, [], run);
  }

  /**
   * Answers the command under way when some work is done; the client's next command waits for it. It is one answer all
   * the same, with what was answered so far.
   */
  later<Value>(work: Promise<Value>, goOn: (value: Value) => void): void {
    const label = this.#label;
    const answer = this.#answer ?? [];
    this.#answer = undefined;
    this.#host.wait(work, (value) => this.#answerWith(label, answer, () => goOn(value)));
  }

  /** The command under way is answered with a later one: gives what runs the answer then, with this one's label. */
  answerLater(): (run: () => void) => void {
    const label = this.#label;
    this.#answer = undefined;
    return (run) => {
      const [outerAnswer, outerLabel] = [this.#answer, this.#label];
      this.#answerWith(label, [], run);
      this.#answer = outerAnswer;
      this.#label = outerLabel;
    };
  }

  /** Runs something whose words are an answer, and sends it unless it is to come later. */
  #answerWith(label: string | undefined, begun: AnswerPart[], run: () => void): void {
    this.#label = label;
    this.#answer = begun;
    try {
      run();
    } finally {
      const answer = this.#answer;
      this.#answer = undefined;
      if (answer !== undefined) this.#sendAnswer(answer);
      this.#label = undefined;
    }
  }

  #sendAnswer(answer: readonly AnswerPart[]): void {
    const label = this.#label;
    if (label === undefined && answer.length === 0) return;
    this.#write(label === undefined ? allLines(answer, this.#names) : labelledLines(answer, label, this.#names));
  }

  get #names(): BatchNames {
    return { serverName: this.#serverName, nameBatch: () => `l${++this.#batchCount}` };
  }

  #write(lines: Iterable<OutgoingLine>): void {
    const rest = lines[Symbol.iterator]();
    const { bytes, isLast } = nextPiece(rest);
    if (!isLast) this.#host.sendLong(bytes, remainingPieces(rest));
    else if (bytes.length > 0) this.#host.send(bytes);
  }
}
