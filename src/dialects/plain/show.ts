import type { Persona } from '../../domain/session.ts';

/** How somebody is called in the plain dialect: by nick, or as the first server did, by address. */
export function shownName(persona: Persona): string {
  return persona.isNamed ? persona.name : persona.label;
}

/** Longest line of a list, in characters: a terminal's width. */
const LIST_WIDTH = 78;

/** Notices that list items, as many to a line as fit: `* in #lobby: alan, beth,` and on. */
export function listNotices(heading: string, items: readonly string[]): string[] {
  const lines: string[] = [];
  let line = `* ${heading}`;
  items.forEach((item, index) => {
    const piece = ` ${item}${index === items.length - 1 ? '' : ','}`;
    if (line.length + piece.length > LIST_WIDTH && line.trim() !== '*') {
      lines.push(line);
      line = '*  ';
    }
    line += piece;
  });
  lines.push(line);
  return lines;
}

export function countOf(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A span of time for a person who is to wait that long: never shorter than it is. */
export function waitText(ms: number): string {
  const tenths = Math.max(1, Math.ceil(ms / 100));
  return `${tenths % 10 === 0 ? tenths / 10 : (tenths / 10).toFixed(1)} s`;
}
