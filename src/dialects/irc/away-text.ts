import { UNSPECIFIED_AWAY } from '../../domain/session.ts';

/** Why somebody is away, for all clients: few know `*` (IRCv3 pre-away, "Servers MAY substitute a human-readable message"). */
export function awayText(away: string): string {
  return away === UNSPECIFIED_AWAY ? 'Not here at the moment' : away;
}
