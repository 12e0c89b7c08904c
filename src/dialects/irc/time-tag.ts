import { tag, type OutgoingLine } from './line.ts';

/** Many messages are of the same millisecond. */
let lastAt = Number.NaN;
let lastTag = '';

/** The tag that says when something happened (IRCv3 server-time). @param at milliseconds since 1970. */
export function timeTag(at: number): string {
  if (at !== lastAt) {
    lastTag = tag('time', new Date(at).toISOString());
    lastAt = at;
  }
  return lastTag;
}

/** A message with a time: its own, or else this moment. irc-framework sets its clock by the time of a PONG. */
export function timed(line: OutgoingLine): OutgoingLine {
  if (line.inBatch === 'within' || line.inBatch === 'last') return line;
  if (line.tags.some((text) => text.startsWith('time='))) return line;
  return { ...line, tags: [timeTag(Date.now()), ...line.tags] };
}

/** Messages with the time at which each is made. */
export function* eachTimed(lines: Iterable<OutgoingLine>): Generator<OutgoingLine> {
  for (const line of lines) yield timed(line);
}
