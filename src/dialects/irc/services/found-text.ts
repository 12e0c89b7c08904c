import type { Said, Told } from '../../../domain/event.ts';
import { oneLine } from '../../one-line.ts';

/** A message of the past in one line: when (in UTC), where, who, what. */
export function foundText(event: Said | Told): string {
  const when = new Date(event.at).toISOString().slice(0, 16).replace('T', ' ');
  const where = event.kind === 'said' ? event.title : `to ${event.to.name}`;
  const { name } = event.by;
  return `[${when}] ${where} ${event.manner === 'deed' ? `* ${name}` : `<${name}>`} ${oneLine(event.text)}`;
}
