/**
 * A time for people to read, to the minute: `2026-11-25 12:34`. In UTC, for they may be anywhere.
 * @param at milliseconds since 1970.
 */
export function minuteText(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}
