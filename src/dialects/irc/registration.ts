import { timingSafeEqual } from 'node:crypto';
import { introduce } from '../../domain/actions/introduce.ts';
import { setNick } from '../../domain/actions/set-nick.ts';
import type { Nick } from '../../domain/nick.ts';
import { nickRefusal } from '../../domain/nick-ownership.ts';
import type { Session } from '../../domain/session.ts';
import { sendAttached } from './attached.ts';
import { sendIsupport, sendLusers, sendMotd } from './greeting.ts';
import { sendOwnMetadata } from './metadata.ts';
import { CHANNEL_MODES, USER_MODES, type ChannelMode } from './modes.ts';
import { sendPersistence } from './persistence.ts';
import { sendTalkMarkers } from './read-marker.ts';
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
  #wantedNick: Nick | undefined;
  #lastNick: string | undefined;
  #user: { readonly name: string; readonly realName: string } | undefined;

  constructor(irc: IrcSession) {
    this.#irc = irc;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** What the client wants to be called. */
  get wantedNick(): Nick | undefined {
    return this.#wantedNick;
  }

  /** The nick that the client has, or last asked for. */
  get nickAskedFor(): string | undefined {
    return this.#isComplete ? this.#irc.me?.persona.name : this.#lastNick;
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

  /**
   * A nick is taken when all else is there, for it may belong to an account that the client has yet to log in to. If it
   * does not say that it has more to say, it is told at once of one that it cannot have.
   */
  wantNick(nick: Nick): void {
    const irc = this.#irc;
    const { me } = irc;
    if (me === undefined) return;
    this.#lastNick = nick.name;
    const refusal = nickRefusal(irc.host.chat, me, nick);
    if (refusal !== undefined && !this.#isNegotiating && this.ownHolder(nick) === undefined) irc.refused(refusal);
    else this.#wantedNick = nick;
    this.advance();
  }

  giveUser(name: string, realName: string): void {
    this.#user = { name, realName };
    this.advance();
  }

  /** Completes the registration if everything is there. */
  advance(): void {
    const irc = this.#irc;
    const user = this.#user;
    const nick = this.#wantedNick;
    if (this.#isComplete || this.#isNegotiating || user === undefined || nick === undefined) return;
    if (!this.checkPassword()) return undefined;
    irc.sasl.registered();
    const holder = this.ownHolder(nick);
    if (holder !== undefined) return this.#attach(holder);
    if (!irc.act(setNick, { nick })) {
      this.#wantedNick = undefined;
      return undefined;
    }
    this.#isComplete = true;
    const flags = irc.options.isInvisible ? (['invisible'] as const) : [];
    if (irc.act(introduce, { user: `~${user.name}`, realName: user.realName, flags })) {
      irc.returning.arrive();
      this.#greet();
      sendTalkMarkers(irc);
      return irc.returning.sendTalks();
    }
    irc.farewell('Banned from the server');
    return irc.host.close('Banned from the server');
  }

  /** Whether the client has given the server's password, if there is one. If not, it is told, and the connection ends. */
  checkPassword(): boolean {
    const irc = this.#irc;
    const { password } = irc.options;
    if (password === undefined || isSame(password, this.#password ?? '')) return true;
    irc.numeric('ERR_PASSWDMISMATCH', 'Password incorrect');
    irc.line({ tags: [], body: 'ERROR :Closing link: wrong password' });
    irc.host.close('Wrong password');
    return false;
  }

  /** Whoever has a nick, if that is the client itself on another device. */
  ownHolder(nick: Nick): Session | undefined {
    const { host, me } = this.#irc;
    const holder = host.chat.find(nick.name);
    return me?.account !== undefined && holder?.account === me.account ? holder : undefined;
  }

  #attach(session: Session): void {
    if (!this.#irc.host.attach(session.id)) {
      this.#wantedNick = undefined;
      return;
    }
    this.#isComplete = true;
    const irc = this.#irc;
    irc.returning.arrive();
    this.#greet();
    sendAttached(irc);
    sendTalkMarkers(irc);
    irc.returning.sendTalks();
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
    // draft/persistence, "PERSISTENCE STATUS": before the end of the message of the day.
    if (irc.has('draft/persistence')) sendPersistence(irc);
    sendOwnMetadata(irc);
    sendMotd(irc);
  }
}

/** Compares two secrets in a time that does not tell how much of them is the same. */
export function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
