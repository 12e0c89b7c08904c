import { setMetadata } from '../../../domain/actions/set-metadata.ts';
import { subscribeMetadata } from '../../../domain/actions/subscribe-metadata.ts';
import { parseMetadataKey, type MetadataKey, type MetadataOwner } from '../../../domain/metadata.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { isVisibleTo, type Room } from '../../../domain/room.ts';
import type { Session } from '../../../domain/session.ts';
import { defineIrcCommand } from '../command.ts';
import { MAX_BODY_BYTES, type OutgoingLine } from '../line.ts';
import { personLines, roomLines, sendMetadataBatch, VISIBILITY } from '../metadata.ts';
import { packLines } from '../pack-lines.ts';
import { middle, refusalNumeric } from '../refusal-numerics.ts';
import type { IrcSession } from '../session.ts';

/** A person or a channel, and what it is called to this client. */
interface Target {
  readonly name: string;
  readonly owner: MetadataOwner;
  readonly of: Session | Room;
}

/** METADATA <target> <subcommand> [<params>] (IRCv3 metadata). Before registration about oneself alone. */
export const metadata = defineIrcCommand({
  verb: 'METADATA',
  params: { min: 2 },
  stage: 'any',
  cost: 1,
  help: {
    usage: 'METADATA <target> GET|LIST|SET|CLEAR|SYNC [params] or METADATA * SUB|UNSUB|SUBS [keys]',
    summary: 'Tells programs about people and channels.',
  },
  tooFast(irc, [target = '', , key = ''], retryMs) {
    const seconds = Math.ceil(retryMs / 1000);
    const context = [middle(target), middle(key), `${seconds}`];
    irc.fail('FAIL', 'METADATA', 'RATE_LIMITED', context, `Too many changes; try again in ${seconds} s`);
  },
  run(irc, [targetName = '', name = '', ...params]) {
    if (!irc.isRegistered && !irc.has('draft/metadata-2')) {
      return irc.numeric('ERR_NOTREGISTERED', 'You have not registered');
    }
    const subcommand = name.toUpperCase();
    switch (subcommand) {
      case 'SUB':
        return subscribe(irc, params);
      case 'UNSUB':
        return unsubscribe(irc, params);
      case 'SUBS':
        return sendSubscriptions(irc);
    }
    const isKnown = ['GET', 'LIST', 'SET', 'CLEAR', 'SYNC'].includes(subcommand);
    if (!isKnown) return fail(irc, 'SUBCOMMAND_INVALID', [middle(name)], 'Invalid subcommand');
    if ((subcommand === 'GET' || subcommand === 'SET') && params.length === 0) {
      return irc.numeric('ERR_NEEDMOREPARAMS', 'METADATA', 'Not enough parameters');
    }
    const target = findTarget(irc, targetName);
    if (target === undefined) return fail(irc, 'INVALID_TARGET', [middle(targetName)], 'Invalid metadata target');
    switch (subcommand) {
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
  return room !== undefined && isVisibleTo(room, me) ? { name: room.title, owner: room.name, of: room } : undefined;
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
    if (!key.ok) return irc.failLine('FAIL', 'METADATA', 'KEY_INVALID', [middle(text)], 'Invalid key');
    const value = entries.get(key.value);
    if (value === undefined) return irc.numericLine('RPL_KEYNOTSET', target.name, key.value, 'Key not set');
    return valueLine(irc, target, key.value, value);
  });
}

function valueLine(irc: IrcSession, { name }: Target, key: MetadataKey, value: string): OutgoingLine {
  const { body } = irc.numericLine('RPL_KEYVALUE', name, key, VISIBILITY);
  return { tags: [], body: `${body} :${value}` };
}

function set(irc: IrcSession, target: Target, [text = '', given = '']: readonly string[]): void {
  const key = parseMetadataKey(text);
  if (!key.ok) return fail(irc, 'KEY_INVALID', [middle(text)], 'Invalid key');
  const value = given === '' ? undefined : given;
  if (!change(irc, target, new Map([[key.value, value]]), key.value)) return undefined;
  return irc.line(
    value === undefined
      ? irc.numericLine('RPL_KEYNOTSET', target.name, key.value, 'Key not set any more')
      : valueLine(irc, target, key.value, value),
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
    return fail(irc, 'KEY_NO_PERMISSION', [target, key], 'You do not have permission to set that');
  }
  if (refusal.kind === 'metadata-not-set') return fail(irc, 'KEY_NOT_SET', [target, key], 'Key not set');
  if (refusal.kind === 'metadata-full') {
    return fail(irc, 'LIMIT_REACHED', [target], `At most ${refusal.max} keys can be set`);
  }
  if (refusal.kind === 'text-too-long') {
    return fail(irc, 'VALUE_INVALID', [], `Value is too long (at most ${refusal.maxBytes} bytes)`);
  }
  if (refusal.kind === 'several') return undefined;
  const [name, ...params] = refusalNumeric(refusal);
  return irc.numeric(name, ...params);
}

/** "The server MUST process each key in order." */
function subscribe(irc: IrcSession, texts: readonly string[]): void {
  const taken: MetadataKey[] = [];
  const fails: (() => void)[] = [];
  for (const text of texts) {
    const key = parseMetadataKey(text);
    if (!key.ok) {
      fails.push(() => fail(irc, 'KEY_INVALID', [middle(text)], 'Invalid key'));
      continue;
    }
    const tooMany = (): void =>
      void fails.push(() => fail(irc, 'TOO_MANY_SUBS', [key.value], 'You are subscribed to too many keys'));
    if (!irc.actFor(tooMany, subscribeMetadata, { device: irc.host.device, key: key.value, on: true })) break;
    taken.push(key.value);
  }
  sendKeys(irc, 'RPL_METADATASUBOK', taken);
  for (const tell of fails) tell();
  // "When subscribing to a key, clients SHOULD receive the current value of that key".
  if (irc.isRegistered && taken.length > 0) sendVisible(irc, new Set(taken));
}

/** What is said with some keys about the client's channels and those in them, each once. */
function sendVisible(irc: IrcSession, keys: ReadonlySet<MetadataKey>): void {
  const lines = new Map<string, OutgoingLine>();
  for (const room of irc.me?.rooms.values() ?? []) {
    for (const line of roomLines(irc, room, keys)) lines.set(line.body, line);
  }
  if (lines.size > 0) sendMetadataBatch(irc, irc.name, lines.values());
}

function unsubscribe(irc: IrcSession, texts: readonly string[]): void {
  const keys = texts.flatMap((text) => {
    const key = parseMetadataKey(text);
    if (key.ok) irc.act(subscribeMetadata, { device: irc.host.device, key: key.value, on: false });
    else fail(irc, 'KEY_INVALID', [middle(text)], 'Invalid key');
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

function fail(irc: IrcSession, code: string, context: readonly string[], text: string): void {
  irc.fail('FAIL', 'METADATA', code, context, text);
}
