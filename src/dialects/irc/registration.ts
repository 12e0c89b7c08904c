import { timingSafeEqual } from 'node:crypto';
import { introduce } from '../../domain/actions/introduce.ts';
import { sendIsupport, sendLusers, sendMotd } from './greeting.ts';
import { CHANNEL_MODES, USER_MODES, type ChannelMode } from './modes.ts';
import type { IrcSession } from './session.ts';

/** RPL_MYINFO's letters: user modes, channel modes, and those of them that take a parameter. */
const MODE_LETTERS = [
  USER_MODES.map(({ letter }) => letter).join(''),
  sortedLetters(CHANNEL_MODES),
  sortedLetters(CHANNEL_MODES.filter(({ kind }) => kind !== 'flag')),
];

function sortedLetters(modes: readonly ChannelMode[]): string {
  return modes
    .map(({ letter }) => letter)
    .toSorted()
    .join('');
}

/** How far a client has come in saying who it is (Modern, "Connection Registration"). */
export class Registration {
  readonly #irc: IrcSession;
  #isComplete = false;
  #isNegotiating = false;
  #password: string | undefined;
  #user: { readonly name: string; readonly realName: string } | undefined;

  constructor(irc: IrcSession) {
    this.#irc = irc;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** The client negotiates capabilities: nothing is complete before CAP END. */
  negotiate(): void {
    if (!this.#isComplete) this.#isNegotiating = true;
  }

  negotiated(): void {
    this.#isNegotiating = false;
    this.advance();
  }

  givePassword(password: string): void {
    this.#password = password;
  }

  giveUser(name: string, realName: string): void {
    this.#user = { name, realName };
    this.advance();
  }

  /** Completes the registration if everything is there. */
  advance(): void {
    const irc = this.#irc;
    const user = this.#user;
    if (this.#isComplete || this.#isNegotiating || user === undefined || irc.me?.persona.isNamed !== true) return;
    const { password } = irc.options;
    if (password !== undefined && !isSame(password, this.#password ?? '')) {
      irc.numeric('ERR_PASSWDMISMATCH', 'Password incorrect');
      irc.line({ tags: [], body: 'ERROR :Closing link: wrong password' });
      return irc.host.close('Wrong password');
    }
    this.#isComplete = true;
    if (irc.act(introduce, { user: `~${user.name}`, realName: user.realName })) return this.#greet();
    irc.farewell('Banned from the server');
    return irc.host.close('Banned from the server');
  }

  #greet(): void {
    const irc = this.#irc;
    const { serverName, networkName, version, startedAt } = irc.options;
    const { me } = irc;
    if (me === undefined) return;
    const { name, user, host } = me.persona;
    irc.numeric('RPL_WELCOME', `Welcome to the ${networkName} Network, ${name}!${user}@${host}`);
    irc.numeric('RPL_YOURHOST', `Your host is ${serverName}, running version ${version}`);
    irc.numeric('RPL_CREATED', `This server was started ${new Date(startedAt).toUTCString()}`);
    irc.numeric('RPL_MYINFO', serverName, version, ...MODE_LETTERS);
    sendIsupport(irc);
    sendLusers(irc);
    irc.sendUserModes();
    sendMotd(irc);
  }
}

/** Compares two secrets in a time that does not tell how much of them is the same. */
export function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
