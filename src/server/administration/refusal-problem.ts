import { refusalTexts } from '../../dialects/plain/refusal-text.ts';
import type { Refusal } from '../../domain/refusal.ts';

/** A refusal in words for whoever runs the server, who has other means than people in the chat. */
export function refusalProblem(refusal: Refusal): string {
  const { kind } = refusal;
  if (kind === 'nick-taken' || kind === 'nick-owned') return `the name ${refusal.nick} is taken`;
  if (kind === 'account-taken') return `there is an account ${refusal.account} already`;
  if (kind === 'no-such-room') return `there is no room ${refusal.room}`;
  if (kind === 'room-owned') return `${refusal.room} belongs to an account, or is there from the start`;
  if (kind === 'room-not-owned') return `${refusal.room} belongs to nobody`;
  if (kind === 'too-many-own-rooms') return `the account has ${refusal.max} rooms, which is the most`;
  if (kind === 'server-full') return `there are ${refusal.max} rooms, which is the most`;
  if (kind === 'not-kept') return 'the database cannot be written to now, so nothing was changed';
  return refusalTexts(refusal).join('; ');
}
