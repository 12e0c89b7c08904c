// Lines of IRC for the fuzz test: valid, nearly valid and random ones, the same ones for the same seed.
import { commands } from '../../src/dialects/irc/command-table.ts';

const ROOMS = ['#a', '#b', '#lobby', '#A', '#none'];
/** Of those that may be disconnected at any time. */
export const PASSING_NICKS = Array.from({ length: 12 }, (_, index) => `v${index}`);
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
  'REGISTER',
  'IDENTIFY',
  'INFO',
  'open-sesame',
  'timestamp=2026-01-01T00:00:00.000Z',
];
/** Commands as clients send them. `R`, `N`, `T` and `V` stand for a channel, a nick, a text and one who may be sent away. */
export const VALID = [
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
  'METADATA * SET url T',
  'METADATA * SUB url',
  'METADATA * UNSUB url',
  'METADATA N LIST',
  'METADATA R SET url T',
  'METADATA R SYNC',
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
  'RENAME R R T',
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
/** Accounts and what belongs to them: of whoever knows the password of them all. */
export const WITH_ACCOUNTS = [
  'AUTHENTICATE PLAIN',
  'AUTHENTICATE SCRAM-SHA-256',
  'AUTHENTICATE SCRAM-SHA-512',
  'AUTHENTICATE EXTERNAL',
  'AUTHENTICATE *',
  'AUTHENTICATE +',
  'AUTHENTICATE M',
  'AUTHENTICATE M',
  `AUTHENTICATE ${'A'.repeat(400)}`,
  'BATCH +x draft/multiline R',
  'CHATHISTORY LATEST R * 10',
  'CHATHISTORY BEFORE N timestamp=2030-01-01T00:00:00.000Z 5',
  'CHATHISTORY TARGETS timestamp=2020-01-01T00:00:00.000Z timestamp=2030-01-01T00:00:00.000Z 5',
  'CS ACCESS R',
  'CS ACCESS R ADD N op',
  'CS ACCESS R ADD N admin',
  'CS ACCESS R DEL N',
  'CS DROP R',
  'CS INFO R',
  'CS LIST',
  'CS OP R N',
  'CS DEVOICE R',
  'CS REGISTER R',
  'CS REGISTER R',
  'CS SET R HISTORY OFF',
  'CS SET R HISTORY 30d',
  'CS TRANSFER R N',
  'HS SEARCH T',
  'MARKREAD R timestamp=2026-01-01T00:00:00.000Z',
  'MARKREAD N',
  'NS CERT ADD FINGERPRINT',
  'NS CERT DEL FINGERPRINT',
  'NS CERT LIST',
  'NS DROP open-sesame',
  'NS IDENTIFY N open-sesame',
  'NS IDENTIFY N open-sesame',
  'NS IDENTIFY N wrong-one',
  'NS INFO N',
  'NS LOGOUT',
  'NS PASSWD open-sesame open-sesame',
  'NS REGISTER open-sesame',
  'NS REGISTER open-sesame',
  'NS SET ALWAYS-ON ON',
  'NS SET ALWAYS-ON OFF',
  'NS SET HISTORY OFF',
  'NS UNGROUP N',
  'PERSISTENCE GET',
  'REDACT R 0000000000000000 T',
  'REGISTER * * open-sesame',
  'REGISTER N * open-sesame',
  'RENAME R R',
  'SEARCH text=hello;in=R',
  'VERIFY N 1234',
];
export const FOR_OPERATORS = [
  'NS ERASE N',
  'NS ERASE V',
  'NS RENAME N N',
  'NS SUSPEND V T',
  'NS UNSUSPEND V',
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
export class LineWriter {
  readonly #below: (limit: number) => number;
  readonly #verbs = [...commands.keys(), 'FOO'].filter((verb) => !SENDING_AWAY.has(verb));

  constructor(seed: number) {
    this.#below = randomNumbers(seed);
  }

  /** Something behind a label: latin1, so that it may be no UTF-8. */
  line(own: readonly string[]): string {
    const kind = this.#below(10);
    if (kind < 5) return this.#valid(kind < 2 ? own : kind < 4 ? VALID : WITH_ACCOUNTS);
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
      .replaceAll(/\bV\b/g, () => this.#pick(PASSING_NICKS))
      .replaceAll(/\bM\b/g, () => this.#plainMessage())
      .replaceAll(/\bFINGERPRINT\b/g, () => `${this.#below(4)}`.repeat(64))
      .replace(/\bT$/, () => this.#pick(TEXTS));
    return bytes(filled);
  }

  /** What logs in with PLAIN (RFC 4616), now and then with another password. */
  #plainMessage(): string {
    const password = this.#below(4) === 0 ? 'wrong-one' : 'open-sesame';
    return Buffer.from(`\0${this.#pick(NICKS)}\0${password}`).toString('base64');
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
