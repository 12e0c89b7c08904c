import type { Said, Told } from '../../../domain/event.ts';
import { minuteText } from '../../minute-text.ts';
import type { OutgoingLine } from '../line.ts';
import type { IrcRendering } from '../rendering.ts';

/**
 * A message of the past for a client that did not ask for it. One that is not told times by tags would show it as said
 * just now, so the time is in the text. With the date, for it may be of any day.
 */
export function lateLines(event: Said | Told, rendering: IrcRendering): OutgoingLine[] {
  if (rendering.tellsTime) return rendering.lines(event);
  return rendering.lines({ ...event, text: `[${minuteText(event.at)}] ${event.text}` });
}
