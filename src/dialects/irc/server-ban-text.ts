import type { ServerBanLifted, ServerBanned } from '../../domain/event.ts';
import type { ServerBan } from '../../domain/server-ban.ts';
import { durationText } from './duration.ts';

/** What bans from the server are called in IRC: a K-line goes by name, a D-line by address. */
export function serverBanName({ kind }: ServerBan): string {
  return kind === 'name' ? 'K-line' : 'D-line';
}

/** What the operator is told whose ban this is. */
export function serverBanText(event: ServerBanned | ServerBanLifted): string {
  const { ban } = event;
  const name = `${serverBanName(ban)} for ${ban.mask}`;
  if (event.kind === 'server-ban-lifted') return `Removed ${name}`;
  const time = ban.until === undefined ? 'permanent' : durationText(ban.until - ban.at);
  const gone = event.expelled === 1 ? '1 session was disconnected' : `${event.expelled} sessions were disconnected`;
  return `Added ${name} (${time}); ${gone}`;
}
