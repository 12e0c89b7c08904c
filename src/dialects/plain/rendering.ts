import type { Annotated, Erased, Event, Quoted, Redacted, Said, Told } from '../../domain/event.ts';
import { reactionIn, type Reaction } from '../../domain/reaction.ts';
import { UNSPECIFIED_AWAY } from '../../domain/session.ts';
import { showable } from '../../protocol/plain/text.ts';
import { agoText } from '../ago-text.ts';
import type { Rendering } from '../dialect.ts';
import { oneLine } from '../one-line.ts';
import { modeText } from './mode-text.ts';
import { shownName } from './show.ts';

/** The bytes of one or more lines of the plain dialect, each ended as it ends them. */
export function lineBytes(line: string): Buffer {
  return Buffer.from(`${line}\n`);
}

/** Characters that are shown of a message that somebody reacts to. */
const MAX_QUOTED_CHARS = 40;

/**
 * `<who> :text`, as the first server wrote it, and `* who text` for a deed; of a text of several lines, each line in that
 * way, so that nobody can write a line that looks like another's. Blank ones are left out.
 */
function spoken({ by, manner, text }: Said | Told, before: string, addressee: string): string {
  const head = manner === 'deed' ? `${before}* ${shownName(by)} ` : `${before}<${shownName(by)}> :`;
  if (!text.includes('\n')) return head + addressee + showable(text);
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line, index) => head + (index === 0 ? addressee : '') + showable(line)).join('\n');
}

/** Whom a reply is for, where its text does not say so already. */
function addressed({ about, text }: Said | Told): string {
  if (about === undefined) return '';
  const name = shownName(about.by);
  return text.startsWith(name) ? '' : `(to ${name}) `;
}

/** `* beth reacts with 👍 to alan's "the first words of it ..."`; undefined when it is not a reaction. */
function reacting({ by, annotations, about }: Annotated): string | undefined {
  const reaction = reactionIn(annotations);
  if (reaction === undefined) return undefined;
  const what = about === undefined ? '' : ` to ${shownName(about.by)}'s ${quoted(about)}`;
  const deed = reaction.isTakenBack ? 'takes back' : 'reacts with';
  return `* ${shownName(by)} ${deed} ${signOf(reaction)}${what}`;
}

function signOf({ sign }: Reaction): string {
  return firstChars(showable(sign));
}

/** Whether people were shown a message. */
function isShown(message: Redacted['message']): message is Exclude<Redacted['message'], { readonly kind: 'gone' }> {
  if (message.kind === 'gone') return false;
  if (message.kind === 'annotated') return reactionIn(message.annotations) !== undefined;
  return message.manner !== 'query' && message.manner !== 'query-answer';
}

/** Undefined when people were not shown what is taken back. */
function takingBack({ by, message, reason, at }: Redacted): string | undefined {
  if (!isShown(message)) return undefined;
  const who = shownName(by);
  const isOwn = message.by.identity === by.identity;
  if (message.kind === 'annotated') {
    const whose = isOwn ? 'their' : `${shownName(message.by)}'s`;
    const reaction = reactionIn(message.annotations);
    return `* ${who} takes back ${whose} ${reaction === undefined ? 'reaction' : signOf(reaction)}`;
  }
  const deed = isOwn ? 'took back what they said' : `deleted what ${shownName(message.by)} said`;
  return `* ${who} ${deed} ${agoText(at - message.at)}${inBrackets(reason)}`;
}

/** The first words of a message. */
function quoted({ text }: Quoted): string {
  const shown = showable(oneLine(text));
  const beginning = firstChars(shown);
  return beginning === shown ? `"${shown}"` : `"${beginning.replace(/\s+\S*$/, '')} ..."`;
}

function firstChars(text: string): string {
  // Without half a character at the end.
  return text.slice(0, MAX_QUOTED_CHARS).replace(/[\ud800-\udbff]$/, '');
}

/** What somebody said to one person alone, for their own other devices; undefined for what people are not shown. */
export function ownPrivateBytes(event: Told): Buffer | undefined {
  if (event.manner === 'query' || event.manner === 'query-answer') return undefined;
  return lineBytes(spoken(event, `[private to ${shownName(event.to)}] `, ''));
}

interface PlainView {
  /** Whether rooms are named: not for the room that one is talking in. */
  readonly namesRooms: boolean;
  /** Whether it is told what people do other than speak. */
  readonly tellsNotices: boolean;
}

class PlainRendering implements Rendering {
  readonly #view: PlainView;

  constructor(view: PlainView) {
    this.#view = view;
  }

  render(event: Event): Buffer | undefined {
    const line = this.#line(event);
    return line === undefined ? undefined : lineBytes(line);
  }

  #takingBack(event: Redacted): string | undefined {
    const line = takingBack(event);
    return line === undefined ? undefined : this.#placed(event, line);
  }

  /** A line about something in a room or a private conversation. */
  #placed({ to }: Annotated | Redacted, line: string): string {
    if ('session' in to) return `[private] ${line}`;
    return this.#view.namesRooms ? `[${to.title}] ${line}` : line;
  }

  #line(event: Event): string | undefined {
    switch (event.kind) {
      case 'said': {
        // Programs asking programs: people are not shown it.
        if (event.manner === 'query' || event.manner === 'query-answer') return undefined;
        const { namesRooms, tellsNotices } = this.#view;
        return spoken(event, namesRooms ? `[${event.title}] ` : '', tellsNotices ? addressed(event) : '');
      }
      case 'told':
        if (event.manner === 'query' || event.manner === 'query-answer') return undefined;
        return spoken(event, '[private] ', addressed(event));
      case 'annotated': {
        const line = this.#view.tellsNotices ? reacting(event) : undefined;
        if (line === undefined) return undefined;
        return this.#placed(event, line);
      }
      case 'redacted':
        return this.#view.tellsNotices ? this.#takingBack(event) : undefined;
      case 'erased': {
        if (!this.#view.tellsNotices) return undefined;
        const line = `* what ${showable(event.whose)} said here has been deleted`;
        return this.#view.namesRooms ? `[${event.title}] ${line}` : line;
      }
      case 'account-changed':
      case 'account-removed':
      case 'announced':
      case 'attended':
      case 'away-set':
      case 'caller-waits':
      case 'connected':
      case 'disconnected':
      case 'flags-set':
      case 'host-changed':
      case 'introduced':
      case 'invited':
      case 'joined':
      case 'kicked':
      case 'logged-in':
      case 'logged-out':
      case 'marked-read':
      case 'marked-seen':
      case 'metadata-set':
      case 'modes-set':
      case 'parted':
      case 'real-name-set':
      case 'renamed':
      case 'room-closed':
      case 'room-dropped':
      case 'room-registered':
      case 'room-registration-changed':
      case 'room-renamed':
      case 'unattended':
      case 'topic-set':
      case 'expelled':
      case 'server-ban-lifted':
      case 'server-banned':
      case 'summoned':
      case 'watched':
        return this.#view.tellsNotices ? notice(event) : undefined;
    }
  }
}

/** What people did other than speak. Guests come and go in silence, as with the first server. */
function notice(event: Exclude<Event, Said | Told | Annotated | Redacted | Erased>): string | undefined {
  const who = shownName(event.by);
  switch (event.kind) {
    case 'account-changed':
    case 'account-removed':
    case 'attended':
    case 'caller-waits':
    case 'connected':
    case 'flags-set':
    case 'host-changed':
    case 'introduced':
    case 'logged-in':
    case 'logged-out':
    case 'marked-read':
    case 'marked-seen':
    case 'metadata-set':
    case 'real-name-set':
    case 'room-closed':
    case 'room-registration-changed':
    case 'unattended':
    case 'expelled':
    case 'server-ban-lifted':
    case 'server-banned':
    case 'summoned':
    case 'watched':
      return undefined;
    case 'announced':
      return `* announcement by ${who}: ${showable(event.text)}`;
    case 'away-set':
      if (!event.by.isNamed) return undefined;
      return event.away === undefined ? `* ${who} is back` : `* ${who} is away${reasonText(event.away)}`;
    case 'invited':
      return `* ${who} invited ${shownName(event.whom)} to ${event.title}`;
    case 'kicked':
      return `* ${who} put ${shownName(event.whom)} out of ${event.title}${inBrackets(event.reason)}`;
    case 'room-registered':
      return `* ${event.title} belongs to ${event.founder} now`;
    case 'room-renamed':
      return `* ${who} renamed ${event.oldName.title} to ${event.newName.title}${inBrackets(event.reason)}`;
    case 'room-dropped':
      return `* ${event.title} belongs to nobody now`;
    case 'modes-set':
      if (event.byServer === true) return undefined;
      return event.changes.map((change) => `* ${who} ${modeText(change, event.title)}`).join('\n');
    case 'joined':
      return event.by.isNamed ? `* ${who} joined ${event.title}` : undefined;
    case 'parted':
      return event.by.isNamed ? `* ${who} left ${event.title}${inBrackets(event.reason)}` : undefined;
    case 'disconnected':
      return event.by.isNamed ? `* ${who} left${inBrackets(event.reason)}` : undefined;
    case 'renamed':
      return `* ${shownName(event.from)} is now ${who}`;
    case 'topic-set':
      return event.topic === undefined
        ? `* ${who} cleared the topic of ${event.title}`
        : `* ${who} set the topic of ${event.title}: ${showable(event.topic.text)}`;
  }
}

/** Why somebody is away, in brackets if they said so. */
export function reasonText(away: string): string {
  return away === UNSPECIFIED_AWAY ? '' : inBrackets(away);
}

function inBrackets(reason: string): string {
  return reason === '' ? '' : ` (${showable(reason)})`;
}

/** For somebody who has only talked so far: what the first chat server showed, and no more. */
export const bare: Rendering = new PlainRendering({ namesRooms: false, tellsNotices: false });
/** For the room that somebody is talking in. */
export const here: Rendering = new PlainRendering({ namesRooms: false, tellsNotices: true });
/** For their other rooms, and for what is in no room. */
export const elsewhere: Rendering = new PlainRendering({ namesRooms: true, tellsNotices: true });
