import type { KeptLimits } from '../domain/kept-limits.ts';

/** The largest limits that can be set. */
const MAX_DAYS = 36_500;
const MAX_MESSAGES = 1_000_000_000;

/** How people write a limit: "30d" for days, "1000" for messages. Undefined when it is neither. */
export function parseKeptLimit(text: string): Partial<KeptLimits> | undefined {
  const [, digits, unit] = /^(\d{1,10})(d?)$/i.exec(text) ?? [];
  const number = Number(digits);
  if (digits === undefined || number < 1 || number > (unit === '' ? MAX_MESSAGES : MAX_DAYS)) return undefined;
  return unit === '' ? { messages: number } : { days: number };
}

/** Behind "kept": " for 30 days", ", the last 1000 messages at most", or both; nothing for all of it. */
export function keptLimitsText({ days, messages }: KeptLimits): string {
  const time = days === undefined ? '' : ` for ${days} ${days === 1 ? 'day' : 'days'}`;
  const last = messages === 1 ? 'last message' : `last ${messages} messages`;
  return messages === undefined ? time : `${time}, the ${last} at most`;
}
