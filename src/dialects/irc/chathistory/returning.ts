import type { Account } from '../../../domain/account.ts';
import { markSeen } from '../../../domain/actions/mark-seen.ts';
import { nameDevice } from '../../../domain/actions/name-device.ts';
import { isUnnamed, unnamedDevice, type DeviceName } from '../../../domain/device-name.ts';
import { sequenceAt } from '../../../domain/message-id.ts';
import { lineText, type OutgoingLine } from '../line.ts';
import type { IrcSession } from '../session.ts';
import { asksForHistory } from './asks-for-history.ts';
import { sendMissedTalks } from './missed-lines.ts';

/**
 * A client of somebody with an account that cannot ask for what it missed: when it comes back, it is told. How far it was
 * told it says itself, by answering a PING that comes behind what was said, so that nothing is lost that was on its way
 * when it went, and little is told twice. Its owner may give it a name (`alan@phone`); those without one share theirs.
 */
export class Returning {
  readonly #irc: IrcSession;
  #name: DeviceName | undefined;
  #account: Account | undefined;
  #seenInRooms: number | undefined;
  #seenInTalks: number | undefined;
  /** What the client was asked last, and has not answered. */
  #asked: { readonly upTo: number; readonly atMs: number } | undefined;
  /** Bytes that it had been sent with the last question. */
  #sentBytes = 0;

  constructor(irc: IrcSession) {
    this.#irc = irc;
  }

  /** Up to where the client has been told what was said in channels; undefined when that is not known. */
  get seenInRooms(): number | undefined {
    return this.#seenInRooms;
  }

  /** Its owner says which of their devices it is. */
  called(name: DeviceName | undefined): void {
    this.#name = name ?? this.#name;
  }

  /** It is a client of somebody with an account now, who may be here with others. */
  arrive(): void {
    const irc = this.#irc;
    const { me } = irc;
    const { seenMarks, limits } = irc.host.chat;
    if (me?.account === undefined || me.account === this.#account) return;
    if (asksForHistory(irc) || irc.options.limits.missedLines === 0 || !limits.keepsHistory) return;
    this.#account = me.account;
    const name = this.#name ?? unnamedDevice('irc');
    const seen = seenMarks.get(me.persona.identity, name);
    // Of two without a name it cannot be told how far this one has got.
    const isOneOfMany = isUnnamed(name) && [...me.devices.values()].some((one) => one.name === name);
    this.#seenInRooms = isOneOfMany ? undefined : seen;
    const { absentSince } = irc.device ?? {};
    this.#seenInTalks = seen ?? (absentSince === undefined ? undefined : sequenceAt(absentSince));
    irc.act(nameDevice, { device: irc.host.device, name });
    // Should it go before it has answered anything.
    if (seen === undefined) this.#mark(this.#seenInTalks);
  }

  /** Sends what it missed outside of channels. */
  sendTalks(): void {
    if (this.#seenInTalks !== undefined) sendMissedTalks(this.#irc, this.#seenInTalks);
    this.#seenInTalks = undefined;
  }

  /** Asks the client whether it has what it was sent, if that is something new. */
  ask(): void {
    const irc = this.#irc;
    const { sentBytes, lastSequence: upTo } = irc.host;
    const nowMs = performance.now();
    // A client that read too slowly may not have been sent the question.
    const isWaiting = this.#asked !== undefined && nowMs - this.#asked.atMs < irc.options.times.pingMs;
    if (irc.device?.name === undefined || isWaiting || sentBytes === this.#sentBytes) return;
    const line: OutgoingLine = { tags: [], body: `PING :seen-${upTo}` };
    this.#asked = { upTo, atMs: nowMs };
    this.#sentBytes = sentBytes + Buffer.byteLength(lineText(line));
    irc.host.send(Buffer.from(lineText(line)));
  }

  /** The client has answered a PING. */
  answered(token: string): void {
    const [, digits] = /^seen-(\d{1,16})$/.exec(token) ?? [];
    if (digits === undefined) return;
    const upTo = Number(digits);
    if (upTo === this.#asked?.upTo) this.#asked = undefined;
    this.#mark(upTo);
  }

  /** The client says goodbye: it was there until now. */
  quit(): void {
    if (this.#irc.isRegistered) this.#mark(undefined);
  }

  /** @param upTo a sequence number; undefined for all that was said so far. */
  #mark(upTo: number | undefined): void {
    this.#irc.act(markSeen, { device: this.#irc.host.device, upTo });
  }
}
