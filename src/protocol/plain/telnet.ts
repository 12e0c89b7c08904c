// TELNET commands and options, RFC 854 and RFC 855.
const IAC = 0xff;
const DONT = 0xfe;
const DO = 0xfd;
const WONT = 0xfc;
const WILL = 0xfb;
const SB = 0xfa;
const EL = 0xf8;
const EC = 0xf7;
const AYT = 0xf6;
const SE = 0xf0;
/** RFC 857: the one who says WILL shows what is typed, so the terminal does not. */
const ECHO = 0x01;

const NUL = 0x00;
const LF = 0x0a;
const CR = 0x0d;
/** The characters that a terminal in raw mode sends for "erase character" and "erase line". */
const DELETE = 0x7f;
const CTRL_U = 0x15;

/** Requests answered on one connection; a real client makes a handful, and an endless negotiation is nobody's need. */
const MAX_ANSWERS = 64;

type State = 'data' | 'command' | 'will' | 'do' | 'other-option' | 'subnegotiation' | 'subnegotiation-command' | 'cr';

const NOTHING = Buffer.alloc(0);

/**
 * Takes TELNET out of a byte stream: what remains is what was typed, with NUL-padded carriage returns as newlines.
 * We have no options, so every request is refused, which is all that a client which insists needs to go on. Somebody
 * who does not speak TELNET is left as they are.
 */
export class TelnetFilter {
  #state: State = 'data';
  #answers: number[] = [];
  #answered = 0;
  #isTelnet = false;
  #isHiding = false;
  /** Whether the last line ended as TELNET has it, with CR LF (RFC 854 page 11). Bare sockets mostly send LF alone. */
  #endsLinesWithCrLf = false;

  /** Whether a TELNET command has been seen. */
  get isTelnet(): boolean {
    return this.#isTelnet;
  }

  /**
   * Asks the terminal not to show what is typed, or to show it again. Somebody who does not speak TELNET is not asked.
   * telnet itself says nothing of its own accord on a port that is not TELNET's, and is known by its line ends.
   */
  hideTyping(isHidden: boolean): void {
    if (this.#isHiding === isHidden || (isHidden && !this.#isTelnet && !this.#endsLinesWithCrLf)) return;
    this.#isHiding = isHidden;
    this.#answers.push(IAC, isHidden ? WILL : WONT, ECHO);
  }

  /** The bytes to send back, once; undefined when nothing asks for an answer. */
  takeAnswer(): Buffer | undefined {
    if (this.#answers.length === 0) return undefined;
    const answer = Buffer.from(this.#answers);
    this.#answers = [];
    return answer;
  }

  /** The bytes that were typed. It is the chunk itself when there is nothing to take out. */
  filter(chunk: Buffer): Buffer {
    const typed = this.#typedIn(chunk);
    if (typed.at(-1) === LF) this.#endsLinesWithCrLf = typed.at(-2) === CR;
    return typed;
  }

  #typedIn(chunk: Buffer): Buffer {
    if (this.#state === 'data' && !chunk.includes(IAC) && !chunk.includes(NUL) && chunk.at(-1) !== CR) return chunk;
    const kept = Buffer.allocUnsafe(chunk.length + 1);
    let length = 0;
    for (const byte of chunk) {
      if (this.#state === 'cr') {
        // RFC 854, page 11: a carriage return alone is sent as CR NUL; here it is somebody's Enter key.
        this.#state = 'data';
        if (byte === NUL) {
          kept[length++] = LF;
          continue;
        }
        kept[length++] = CR;
      }
      if (this.#state === 'data' && byte === CR) this.#state = 'cr';
      else {
        const typed = this.#state === 'data' && byte !== IAC ? byte : this.#command(byte);
        if (typed !== undefined) kept[length++] = typed;
      }
    }
    return length === 0 ? NOTHING : kept.subarray(0, length);
  }

  /** One byte of a command; gives the typed byte that it stands for, if any. */
  #command(byte: number): number | undefined {
    switch (this.#state) {
      case 'data':
        this.#state = 'command';
        return undefined;
      case 'command':
        return this.#afterIac(byte);
      case 'will':
        this.#answer(IAC, DONT, byte);
        break;
      case 'do':
        // What was offered is agreed to: that needs no answer.
        if (byte !== ECHO || !this.#isHiding) this.#answer(IAC, WONT, byte);
        break;
      case 'subnegotiation':
        if (byte === IAC) this.#state = 'subnegotiation-command';
        return undefined;
      case 'subnegotiation-command':
        this.#state = byte === SE ? 'data' : 'subnegotiation';
        return undefined;
      case 'other-option':
      case 'cr':
        break;
    }
    this.#state = 'data';
    return undefined;
  }

  #afterIac(byte: number): number | undefined {
    this.#isTelnet = true;
    this.#state = 'data';
    if (byte === IAC) return IAC;
    if (byte === EC) return DELETE;
    if (byte === EL) return CTRL_U;
    if (byte === WILL) this.#state = 'will';
    else if (byte === DO) this.#state = 'do';
    else if (byte === WONT || byte === DONT) this.#state = 'other-option';
    else if (byte === SB) this.#state = 'subnegotiation';
    else if (byte === AYT) this.#answer(...Buffer.from('* yes, still here\n'));
    return undefined;
  }

  #answer(...bytes: number[]): void {
    if (this.#answered >= MAX_ANSWERS) return;
    this.#answered++;
    this.#answers.push(...bytes);
  }
}
