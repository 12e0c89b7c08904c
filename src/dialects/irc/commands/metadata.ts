import { setMetadata } from '../../../domain/actions/set-metadata.ts';
import { subscribeMetadata } from '../../../domain/actions/subscribe-metadata.ts';
import { parseMetadataKey, type MetadataKey, type MetadataOwner } from '../../../domain/metadata.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { isRestricted, isVisibleTo, type Room } from '../../../domain/room.ts';
import type { Session } from '../../../domain/session.ts';
import { defineIrcCommand } from '../command.ts';
import { MAX_BODY_BYTES, type OutgoingLine } from '../line.ts';
import { keyLine, metadataVersion, personLines, roomLines, sendMetadataBatch } from '../metadata.ts';
import { problemLine, type MetadataProblem } from '../metadata-problem.ts';
import { packLines } from '../pack-lines.ts';
import { middle, refusalNumeric } from '../refusal-numerics.ts';
import type { IrcSession } from '../session.ts';

/** Every person and channel that a client may be told of, as the target of SYNC. */
const EVERYTHING = '*ALL';

/** A person or a channel, and what it is called to this client. */
interface Target {
  readonly name: string;
  readonly owner: MetadataOwner;
  readonly of: Session | Room;
}

/** METADATA <target> <subcommand> [<params>] (IRCv3 metadata, in the second and the third draft). Before registration about oneself alone. */
export const metadata = defineIrcCommand({
  verb: 'METADATA',
  params: { min: 2 },
  stage: 'any',
  cost: 1,
  help: {
    usage: 'METADATA <target> GET|LIST|SET|CLEAR|SYNC [params] or METADATA * SUB|UNSUB|SUBS [keys]',
    summary: 'Tells programs about people and channels.',
  },
  tooFast(irc, params, retryMs) {
    const seconds = Math.ceil(retryMs / 1000);
    if (metadataVersion(irc) === 3) return irc.numeric('ERR_METADATARATELIMIT', `${seconds}`, ...params);
    const [target = '', , key = ''] = params;
    const context = [middle(target), middle(key), `${seconds}`];
    return irc.fail('FAIL', 'METADATA', 'RATE_LIMITED', context, `Too many changes; try again in ${seconds} s`);
  },
  run(irc, [targetName = '', name = '', ...params]) {
    if (!irc.isRegistered && metadataVersion(irc) === undefined) {
      return irc.numeric('ERR_NOTREGISTERED', 'You have not registered');
    }
    const subcommand = name.toUpperCase();
    const isOfTarget = ['GET', 'LIST', 'SET', 'CLEAR', 'SYNC'].includes(subcommand);
    if (!isOfTarget && !['SUB', 'UNSUB', 'SUBS'].includes(subcommand)) {
      return tell(irc, { kind: 'subcommand', subcommand: name });
    }
    if ((subcommand === 'GET' || subcommand === 'SET') && params.length === 0) {
      return irc.numeric('ERR_NEEDMOREPARAMS', 'METADATA', 'Not enough parameters');
    }
    if (subcommand === 'SYNC' && targetName === EVERYTHING) return syncAll(irc, irc.device?.subscriptions ?? new Set());
    const target = findTarget(irc, targetName);
    // Subscriptions are one's own.
    if (target === undefined || (!isOfTarget && target.of !== irc.me)) {
      return tell(irc, { kind: 'target', target: targetName });
    }
    switch (subcommand) {
      case 'SUB':
        return subscribe(irc, params);
      case 'UNSUB':
        return unsubscribe(irc, params);
      case 'SUBS':
        return sendSubscriptions(irc);
      case 'GET':
        return sendMetadataBatch(irc, target.name, valueLines(irc, target, params));
      case 'LIST':
        return sendMetadataBatch(irc, target.name, valueLines(irc, target, [...entriesOf(irc, target).keys()]));
      case 'SET':
        return set(irc, target, params);
      case 'CLEAR':
        return clear(irc, target);
      default:
        return sync(irc, target);
    }
  },
});

function findTarget(irc: IrcSession, text: string): Target | undefined {
  const { me } = irc;
  if (me === undefined) return undefined;
  if (text === '*') return { ...person(me), name: irc.isRegistered ? me.persona.name : '*' };
  if (!irc.isRegistered) return undefined;
  if (!text.startsWith('#')) {
    const found = irc.host.chat.find(text);
    return found === undefined ? undefined : person(found);
  }
  const room = irc.lookUpRoom(text);
  return room !== undefined && isOpenTo(room, me) ? { name: room.title, owner: room.name, of: room } : undefined;
}

/** What is said about a channel is not for those who cannot come in. */
function isOpenTo(room: Room, me: Session): boolean {
  const isInside = room.members.has(me.id) || me.flags.has('operator');
  return isInside || (isVisibleTo(room, me) && !isRestricted(room));
}

function person(session: Session): Target {
  return { name: session.persona.name, owner: session.persona.identity, of: session };
}

function entriesOf(irc: IrcSession, { owner }: Target): ReadonlyMap<MetadataKey, string> {
  return irc.host.chat.metadata.of(owner);
}

/** "RPL_KEYVALUE, FAIL METADATA KEY_INVALID [or] RPL_KEYNOTSET for every key in order". */
function valueLines(irc: IrcSession, target: Target, keys: readonly string[]): OutgoingLine[] {
  const entries = entriesOf(irc, target);
  return keys.map((text) => {
    const key = parseMetadataKey(text);
    if (!key.ok) return problemLine(irc, { kind: 'one-key', key: text });
    return keyLine(irc, target.name, key.value, entries.get(key.value));
  });
}

function set(irc: IrcSession, target: Target, [text = '', given = '']: readonly string[]): void {
  const key = parseMetadataKey(text);
  if (!key.ok) return tell(irc, { kind: 'key', key: text });
  const value = given === '' ? undefined : given;
  if (!change(irc, target, new Map([[key.value, value]]), key.value)) return undefined;
  return irc.line(
    value === undefined
      ? irc.numericLine('RPL_KEYNOTSET', target.name, key.value, 'Key not set any more')
      : keyLine(irc, target.name, key.value, value),
  );
}

function clear(irc: IrcSession, target: Target): void {
  const keys = [...entriesOf(irc, target).keys()];
  if (!change(irc, target, new Map(keys.map((key) => [key, undefined])), '*')) return undefined;
  const lines = keys.map((key) => irc.numericLine('RPL_KEYNOTSET', target.name, key, 'Key not set any more'));
  return sendMetadataBatch(irc, target.name, lines);
}

/** Makes some changes; if they are refused, tells why. @param shown the key that is named then. */
function change(
  irc: IrcSession,
  target: Target,
  changes: ReadonlyMap<MetadataKey, string | undefined>,
  shown: string,
): boolean {
  const of = 'members' in target.of ? { room: target.of.name } : { session: target.of.id };
  return irc.actFor((refusal) => refused(irc, target.name, shown, refusal), setMetadata, { of, changes });
}

function refused(irc: IrcSession, target: string, key: string, refusal: Refusal): void {
  if (refusal.kind === 'not-own-metadata' || refusal.kind === 'not-operator') {
    return tell(irc, { kind: 'permission', target, key });
  }
  if (refusal.kind === 'metadata-not-set') {
    // The third draft: "It is not an error".
    if (metadataVersion(irc) === 3) return irc.line(keyLine(irc, target, key, undefined));
    return irc.fail('FAIL', 'METADATA', 'KEY_NOT_SET', [target, key], 'Key not set');
  }
  if (refusal.kind === 'metadata-full') return tell(irc, { kind: 'full', target, max: refusal.max });
  if (refusal.kind === 'text-too-long') return tell(irc, { kind: 'value', key, maxBytes: refusal.maxBytes });
  if (refusal.kind === 'several') return undefined;
  const [name, ...params] = refusalNumeric(refusal);
  return irc.numeric(name, ...params);
}

/** "The server MUST process each key in order." */
function subscribe(irc: IrcSession, texts: readonly string[]): void {
  const before = new Set(irc.device?.subscriptions);
  const taken: MetadataKey[] = [];
  const problems: MetadataProblem[] = [];
  const { maxSubscriptions: max } = irc.host.chat.limits;
  for (const text of texts) {
    const key = parseMetadataKey(text);
    if (!key.ok) {
      problems.push({ kind: 'one-key', key: text });
      continue;
    }
    const tooMany = (): void => void problems.push({ kind: 'subscriptions', key: key.value, max });
    if (!irc.actFor(tooMany, subscribeMetadata, { device: irc.host.device, key: key.value, on: true })) break;
    taken.push(key.value);
  }
  sendKeys(irc, 'RPL_METADATASUBOK', taken);
  for (const problem of problems) tell(irc, problem);
  if (!irc.isRegistered) return;
  if (metadataVersion(irc) === 3) {
    // "or a 774 ERR_METADATASYNCLATER message with `*ALL`": whoever is in many channels asks once, when it has come in.
    const isMore = taken.some((key) => !before.has(key));
    if (isMore) irc.numeric('RPL_METADATASYNCLATER', EVERYTHING, '0', `Ask for it with METADATA ${EVERYTHING} SYNC`);
    return;
  }
  // "When subscribing to a key, clients SHOULD receive the current value of that key".
  const lines = visibleLines(irc, new Set(taken));
  if (lines.length > 0) sendMetadataBatch(irc, irc.name, lines);
}

/** What is said with some keys about the client's channels and those in them, and about those it watches, each once. */
function visibleLines(irc: IrcSession, keys: ReadonlySet<MetadataKey>): OutgoingLine[] {
  const lines = new Map<string, OutgoingLine>();
  const add = (some: Iterable<OutgoingLine>): void => {
    for (const line of some) lines.set(line.body, line);
  };
  for (const room of irc.me?.rooms.values() ?? []) add(roomLines(irc, room, keys));
  for (const nick of irc.device?.watched.values() ?? []) {
    const session = irc.host.chat.find(nick);
    if (session !== undefined) add(personLines(irc, session, keys));
  }
  return [...lines.values()];
}

function syncAll(irc: IrcSession, wanted: ReadonlySet<MetadataKey>): void {
  sendMetadataBatch(irc, EVERYTHING, visibleLines(irc, wanted));
}

function unsubscribe(irc: IrcSession, texts: readonly string[]): void {
  const keys = texts.flatMap((text) => {
    const key = parseMetadataKey(text);
    if (key.ok) irc.act(subscribeMetadata, { device: irc.host.device, key: key.value, on: false });
    else tell(irc, { kind: 'one-key', key: text });
    return key.ok ? [key.value] : [];
  });
  sendKeys(irc, 'RPL_METADATAUNSUBOK', keys);
}

function sendSubscriptions(irc: IrcSession): void {
  const lines = keyLines(irc, 'RPL_METADATASUBS', [...(irc.device?.subscriptions ?? [])]);
  irc.batch('metadata-subs', [], lines);
}

function sendKeys(
  irc: IrcSession,
  numeric: 'RPL_METADATASUBOK' | 'RPL_METADATAUNSUBOK',
  keys: readonly MetadataKey[],
): void {
  for (const line of keyLines(irc, numeric, [...new Set(keys)])) irc.line(line);
}

function keyLines(
  irc: IrcSession,
  numeric: 'RPL_METADATASUBOK' | 'RPL_METADATAUNSUBOK' | 'RPL_METADATASUBS',
  keys: readonly MetadataKey[],
): OutgoingLine[] {
  const { body } = irc.numericLine(numeric);
  return packLines(keys, ' ', MAX_BODY_BYTES - body.length - 1).map((line) => ({ tags: [], body: `${body} ${line}` }));
}

function sync(irc: IrcSession, { name, of }: Target): void {
  const wanted = irc.device?.subscriptions ?? new Set();
  sendMetadataBatch(irc, name, 'members' in of ? roomLines(irc, of, wanted) : personLines(irc, of, wanted));
}

function tell(irc: IrcSession, problem: MetadataProblem): void {
  irc.line(problemLine(irc, problem));
}
