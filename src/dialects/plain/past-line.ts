import type { Said, Told } from '../../domain/event.ts';
import { showable } from '../../protocol/plain/text.ts';
import { minuteText } from '../minute-text.ts';
import { oneLine } from '../one-line.ts';
import { shownName } from './show.ts';

/** A message of the past in one line: when, where if that is asked for, who, what. Times are in UTC. */
export function pastLine(event: Said | Told, { namesPlace }: { readonly namesPlace: boolean }): string {
  const where = event.kind === 'said' ? event.title : `to ${shownName(event.to)}`;
  const who = shownName(event.by);
  const text = showable(oneLine(event.text));
  const what = event.manner === 'deed' ? `* ${who} ${text}` : `<${who}> :${text}`;
  return `[${minuteText(event.at)}] ${namesPlace ? `${where} ` : ''}${what}`;
}
