import type { Event, Joined, Manner, Parted, TopicSet } from '../../domain/event.ts';
import type { Persona } from '../../domain/session.ts';
import { showable } from '../../protocol/plain/text.ts';
import type { Rendering } from '../dialect.ts';
import { countOf, shownName } from './show.ts';

/** The bytes of one or more lines of the plain dialect, each ended as it ends them. */
export function lineBytes(line: string): Buffer {
  return Buffer.from(`${line}\n`);
}

/** `<who> :text`, as the first server wrote it, and `* who text` for a deed. */
function spoken(who: Persona, manner: Manner, text: string): string {
  return manner === 'speech' ? `<${shownName(who)}> :${showable(text)}` : `* ${shownName(who)} ${showable(text)}`;
}

class PlainRendering implements Rendering {
  /** Whether rooms are named: not for the room that one is talking in. */
  readonly #namesRooms: boolean;

  constructor(namesRooms: boolean) {
    this.#namesRooms = namesRooms;
  }

  render(event: Event): Buffer | undefined {
    const line = this.#line(event);
    return line === undefined ? undefined : lineBytes(line);
  }

  renderSkipped(messages: number): Buffer {
    return lineBytes(`* ${countOf(messages, 'message', 'messages')} skipped`);
  }

  #line(event: Event): string | undefined {
    switch (event.kind) {
      case 'said': {
        const line = spoken(event.by, event.manner, event.text);
        return this.#namesRooms ? `[${event.title}] ${line}` : line;
      }
      case 'told':
        return `[private] ${spoken(event.by, event.manner, event.text)}`;
      case 'joined':
      case 'parted':
      case 'topic-set':
        return this.#roomNotice(event);
      case 'disconnected':
        // Guests come and go in silence, as with the first server.
        if (!event.by.isNamed) return undefined;
        return `* ${event.by.name} left${event.reason === '' ? '' : ` (${showable(event.reason)})`}`;
      case 'renamed':
        return `* ${shownName(event.from)} is now ${event.by.name}`;
      case 'connected':
        return undefined;
    }
  }

  #roomNotice(event: Joined | Parted | TopicSet): string | undefined {
    const who = shownName(event.by);
    switch (event.kind) {
      case 'joined':
        return event.by.isNamed ? `* ${who} joined ${event.title}` : undefined;
      case 'parted':
        if (!event.by.isNamed) return undefined;
        return `* ${who} left ${event.title}${event.reason === '' ? '' : ` (${showable(event.reason)})`}`;
      case 'topic-set':
        return event.topic === undefined
          ? `* ${who} cleared the topic of ${event.title}`
          : `* ${who} set the topic of ${event.title}: ${showable(event.topic.text)}`;
    }
  }
}

/** For the room that somebody is talking in. */
export const here: Rendering = new PlainRendering(false);
/** For their other rooms, and for what is in no room. */
export const elsewhere: Rendering = new PlainRendering(true);
