import type {
  Annotations,
  Erased,
  Event,
  Invited,
  Manner,
  Redacted,
  RoomRenamed,
  Said,
  Told,
} from '../../domain/event.ts';
import { fullName } from '../../domain/mask.ts';
import { isOverBytes } from '../../domain/text.ts';

import { agoText } from '../ago-text.ts';
import type { Rendering } from '../dialect.ts';
import { awayText } from './away-text.ts';
import type { RenderingCapability } from './capabilities.ts';
import { body, lineText, MAX_BODY_BYTES, tag, type OutgoingLine } from './line.ts';
import { metadataLine } from './metadata.ts';
import { markerLine } from './read-marker.ts';
import { messageLines, type MessageLine } from './message-lines.ts';
import { changeText, roleModes, signedLetters, type ChangeText } from './modes.ts';
import { timeTag } from './time-tag.ts';

/** What an IRC rendering needs to know of the server. */
export interface RenderingOptions {
  readonly serverName: string;
}

/** The mark around a text that is meant for a program, or is an action (CTCP). */
const CTCP = '\u0001';

/** Writes events for all IRC clients that share these capabilities. */
export class IrcRendering implements Rendering {
  readonly #options: RenderingOptions;
  readonly #capabilities: ReadonlySet<RenderingCapability>;

  constructor(options: RenderingOptions, capabilities: readonly RenderingCapability[]) {
    this.#options = options;
    this.#capabilities = new Set(capabilities);
  }

  /** Whether messages have their time with them. */
  get tellsTime(): boolean {
    return this.#capabilities.has('server-time');
  }

  render(event: Event): Buffer | undefined {
    const lines = this.lines(event);
    const [first] = lines;
    if (first === undefined) return undefined;
    return Buffer.from(lines.length === 1 ? lineText(first) : lines.map(lineText).join(''));
  }

  /** An event as messages; none when these clients are not told of it. */
  lines(event: Event): OutgoingLine[] {
    if (event.kind === 'said' || event.kind === 'told') return this.#message(event);
    const source = fullName(event.by);
    const line = (command: string, ...params: string[]): OutgoingLine[] => [
      { tags: this.#tags(event), body: body(source, command, ...params) },
    ];
    switch (event.kind) {
      case 'annotated': {
        if (!this.#capabilities.has('message-tags')) return [];
        const target = 'room' in event.to ? statusTarget(event.to.title, event.atLeast) : event.to.name;
        return [{ tags: this.#tags(event, event.annotations), body: body(source, 'TAGMSG', target) }];
      }
      case 'redacted':
        return this.#redaction(event, source);
      case 'erased':
        return this.#erasure(event);
      case 'joined': {
        const extra = this.#capabilities.has('extended-join') ? [event.by.account ?? '*', event.by.realName] : [];
        const lines = line('JOIN', event.title, ...extra);
        const isAway = event.away !== undefined && this.#capabilities.has('away-notify');
        return isAway ? [...lines, ...line('AWAY', awayText(event.away))] : lines;
      }
      case 'parted':
        return line('PART', event.title, ...(event.reason === '' ? [] : [event.reason]));
      case 'kicked':
        return line('KICK', event.title, event.whom.name, event.reason === '' ? event.by.name : event.reason);
      case 'disconnected':
        return line('QUIT', event.reason === '' ? 'Connection closed' : event.reason);
      case 'renamed':
        return [{ tags: this.#tags(event), body: body(fullName(event.from), 'NICK', event.by.name) }];
      case 'room-renamed':
        return this.#roomRenaming(event, source);
      case 'topic-set':
        return [{ tags: this.#tags(event), body: `${body(source, 'TOPIC', event.title)} :${event.topic?.text ?? ''}` }];
      case 'metadata-set': {
        const target = 'session' in event.of ? event.of.name : event.of.title;
        return [{ ...metadataLine(source, target, event.key, event.value), tags: this.#tags(event) }];
      }
      case 'modes-set':
        return this.#modes(event, event.byServer === true ? this.#options.serverName : source);
      case 'invited':
        return this.#capabilities.has('invite-notify') ? [this.invitation(event)] : [];
      case 'away-set':
        if (!this.#capabilities.has('away-notify')) return [];
        return line('AWAY', ...(event.away === undefined ? [] : [awayText(event.away)]));
      case 'host-changed': {
        // IRCv3 chghost: the source is as it was before.
        if (!this.#capabilities.has('chghost')) return [];
        const { user, host } = event.by;
        return [{ tags: this.#tags(event), body: body(fullName(event.from), 'CHGHOST', user, host) }];
      }
      case 'real-name-set':
        return this.#capabilities.has('setname') ? line('SETNAME', event.by.realName) : [];
      case 'announced':
        return line('WALLOPS', event.text);
      case 'expelled':
        if (event.isBanned) return [];
        return [{ tags: this.#tags(event), body: `${body(source, 'KILL', event.whom.name)} :${event.reason}` }];
      case 'logged-in':
      case 'logged-out':
        return this.#capabilities.has('account-notify') ? line('ACCOUNT', event.by.account ?? '*') : [];
      case 'marked-read':
        if (!this.#capabilities.has('draft/read-marker')) return [];
        return [markerLine(this.#options.serverName, event.name, event.readAt)];
      case 'account-changed':
      case 'account-removed':
      case 'attended':
      case 'caller-waits':
      case 'connected':
      case 'flags-set':
      case 'introduced':
      case 'marked-seen':
      case 'room-closed':
      case 'room-dropped':
      case 'room-registered':
      case 'room-registration-changed':
      case 'server-ban-lifted':
      case 'server-banned':
      case 'summoned':
      case 'unattended':
      case 'watched':
        return [];
    }
  }

  /** What the one who is invited is sent, whatever their capabilities. */
  invitation(event: Invited): OutgoingLine {
    return { tags: this.#tags(event), body: body(fullName(event.by), 'INVITE', event.whom.name, event.title) };
  }

  /** What is said, in as many messages as it takes: nothing of it is cut off. */
  #message(event: Said | Told): OutgoingLine[] {
    const source = fullName(event.by);
    const target = event.kind === 'told' ? event.to.name : statusTarget(event.title, event.atLeast);
    const command = event.manner === 'notice' || event.manner === 'query-answer' ? 'NOTICE' : 'PRIVMSG';
    const head = `:${source} ${command} ${target} :`;
    const tags = this.#tags(event, event.annotations);
    const [before, after] = wrapping(event.manner);
    const whole = head + before + event.text + after;
    const isOneLine = event.cuts === undefined && !event.text.includes('\n');
    if (isOneLine && !isOverBytes(whole, MAX_BODY_BYTES)) return [{ tags, body: whole }];
    const room = MAX_BODY_BYTES - Buffer.byteLength(head) - before.length - after.length;
    const pieces = messageLines(event.text, event.cuts ?? [], Math.max(1, room));
    const isPlain = event.manner === 'speech' || event.manner === 'notice';
    if (pieces.length > 1 && isPlain && this.#capabilities.has('draft/multiline')) {
      return multilineBatch({ source, target, id: event.id, tags }, head, pieces);
    }
    // "Servers MUST NOT send blank lines to clients that have not negotiated the multiline capability."
    const shown = pieces.length > 1 ? pieces.filter(({ text }) => text !== '') : pieces;
    return shown.map(({ text }, index) => ({
      tags: index === 0 ? tags : withoutId(tags),
      body: head + before + text + after,
    }));
  }

  /**
   * That something was taken back. "Servers MUST NOT forward this REDACT to target recipients that have not negotiated this
   * capability"; they are told in words, of what they have seen (IRCv3 message-redaction, "Fallback").
   */
  #redaction({ by, to, message, reason, at, id }: Redacted, source: string): OutgoingLine[] {
    const target = 'room' in to ? to.title : to.name;
    if (this.#capabilities.has('draft/message-redaction')) {
      const params = [target, message.id, ...(reason === '' ? [] : [reason])];
      return [{ tags: this.#tags({ by, at, id }), body: body(source, 'REDACT', ...params) }];
    }
    if (
      message.kind === 'annotated' ||
      message.kind === 'gone' ||
      message.manner === 'query' ||
      message.manner === 'query-answer'
    )
      return [];
    const whose = message.by.identity === by.identity ? '' : ` by ${message.by.name}`;
    const why = reason === '' ? '' : `: ${reason}`;
    const text = `${by.name} has deleted a message${whose} from ${agoText(at - message.at)}${why}`;
    const tags = this.#capabilities.has('server-time') ? [timeTag(at)] : [];
    return [{ tags, body: body(this.#options.serverName, 'NOTICE', target, text) }];
  }

  /** Clients that do not know of such are told otherwise when it happens, and in words when they read of it in history. */
  #roomRenaming({ by, at, id, oldName, newName, reason }: RoomRenamed, source: string): OutgoingLine[] {
    const tags = this.#tags({ by, at, id });
    if (this.#capabilities.has('draft/channel-rename')) {
      // "The server to client command MUST always include the third parameter".
      return [{ tags, body: `${body(source, 'RENAME', oldName.title, newName.title)} :${reason}` }];
    }
    const why = reason === '' ? '' : `: ${reason}`;
    const text = `${by.name} renamed ${oldName.title} to ${newName.title}${why}`;
    return [{ tags, body: body(this.#options.serverName, 'NOTICE', newName.title, text) }];
  }

  /** Each message that clients may still show, or that there were some. It is the server that says so. */
  #erasure({ title, whose, messages, at }: Erased): OutgoingLine[] {
    const { serverName } = this.#options;
    const tags = this.#capabilities.has('server-time') ? [timeTag(at)] : [];
    if (this.#capabilities.has('draft/message-redaction')) {
      return messages.map((id) => ({ tags, body: body(serverName, 'REDACT', title, id) }));
    }
    return [{ tags, body: body(serverName, 'NOTICE', title, `What ${whose} said here has been deleted`) }];
  }

  /** Changes of modes, as many in a message as it can hold: masks grow when they are completed. */
  #modes(event: Event & { readonly kind: 'modes-set' }, source: string): OutgoingLine[] {
    const tags = this.#tags(event);
    const bodies: string[] = [];
    let together: ChangeText[] = [];
    for (const change of event.changes.map(changeText)) {
      const longer = modeBody(source, event.title, [...together, change]);
      const isFull = together.length > 0 && Buffer.byteLength(longer) > MAX_BODY_BYTES;
      together = isFull ? [change] : [...together, change];
      if (isFull || bodies.length === 0) bodies.push(modeBody(source, event.title, together));
      else bodies[bodies.length - 1] = longer;
    }
    return bodies.map((text, index) => ({ tags: index === 0 ? tags : withoutId(tags), body: text }));
  }

  #tags(event: Pick<Event, 'by' | 'at' | 'id'>, annotations?: Annotations): string[] {
    const tags: string[] = [];
    const { by } = event;
    const capabilities = this.#capabilities;
    if (capabilities.has('server-time')) tags.push(timeTag(event.at));
    if (capabilities.has('account-tag') && by.account !== undefined) tags.push(tag('account', by.account));
    if (!capabilities.has('message-tags')) return tags;
    tags.push(tag('msgid', event.id));
    if (by.isBot) tags.push('bot');
    for (const [name, value] of annotations ?? []) tags.push(tag(name, value));
    return tags;
  }
}

/** A message of several lines for those who know such (IRCv3 multiline). Its id names the batch: all share the bytes. */
function multilineBatch(
  { source, target, id, tags }: Record<'source' | 'target' | 'id', string> & Pick<OutgoingLine, 'tags'>,
  head: string,
  lines: readonly MessageLine[],
): OutgoingLine[] {
  const [plain, goingOn] = [[tag('batch', id)], [tag('batch', id), 'draft/multiline-concat']];
  return [
    { tags, body: body(source, 'BATCH', `+${id}`, 'draft/multiline', target), inBatch: 'first' },
    ...lines.map(({ text, goesOn }): OutgoingLine => ({
      tags: goesOn ? goingOn : plain,
      body: head + text,
      inBatch: 'within',
    })),
    { tags: [], body: body(source, 'BATCH', `-${id}`), inBatch: 'last' },
  ];
}

/** Tags for what is told in more than one message: only the first has the id, for an id names one message. */
function withoutId(tags: readonly string[]): string[] {
  return tags.filter((text) => !text.startsWith('msgid='));
}

function modeBody(source: string, title: string, changes: readonly ChangeText[]): string {
  const params = changes.flatMap(({ parameter }) => parameter ?? []);
  return body(source, 'MODE', title, signedLetters(changes), ...params);
}

/** A room as the target of a message that goes only to those of some role. */
function statusTarget(title: string, atLeast: Said['atLeast']): string {
  const prefix = roleModes.find(({ role }) => role === atLeast)?.prefix ?? '';
  return prefix + title;
}

function wrapping(manner: Manner): [before: string, after: string] {
  switch (manner) {
    case 'deed':
      return [`${CTCP}ACTION `, CTCP];
    case 'query':
    case 'query-answer':
      return [CTCP, CTCP];
    case 'notice':
    case 'speech':
      return ['', ''];
  }
}

/** What the text of a PRIVMSG or NOTICE says, and how. */
export function readMessage(
  command: 'PRIVMSG' | 'NOTICE',
  text: string,
): { readonly manner: Manner; readonly text: string } {
  if (!text.startsWith(CTCP) || text.length < 2) return { manner: command === 'NOTICE' ? 'notice' : 'speech', text };
  const inner = text.slice(1, text.endsWith(CTCP) ? -1 : undefined);
  if (command === 'NOTICE') return { manner: 'query-answer', text: inner };
  return inner.startsWith('ACTION ') ? { manner: 'deed', text: inner.slice(7) } : { manner: 'query', text: inner };
}
