import { banFromServer } from '../../domain/actions/ban-from-server.ts';
import { liftServerBan } from '../../domain/actions/lift-server-ban.ts';
import type { ServerBanKind } from '../../domain/server-ban.ts';
import { defineIrcCommand, type IrcCommand } from './command.ts';
import { parseDuration } from './duration.ts';

interface Words {
  /** Such as `<nick!user@host>`. */
  readonly mask: string;
  readonly whom: string;
}

/** KLINE or DLINE: `[<duration>] <mask> [:<reason>]`. A first word that reads as a duration is one. */
export function defineBanCommand(verb: string, kind: ServerBanKind, { mask, whom }: Words): IrcCommand {
  return defineIrcCommand({
    verb,
    params: { min: 1 },
    stage: 'registered',
    cost: 2,
    forOperators: true,
    help: {
      usage: `${verb} [<duration>] ${mask} [:<reason>]`,
      summary: `Bans ${whom} from the server; a duration is minutes, or as in 1h30m or 7d.`,
    },
    run(irc, params) {
      const forMs = parseDuration(params[0] ?? '');
      const [target, ...words] = forMs === undefined ? params : params.slice(1);
      if (target === undefined || target === '') {
        return irc.numeric('ERR_NEEDMOREPARAMS', verb, 'Not enough parameters');
      }
      irc.act(banFromServer, { kind, mask: target, reason: words.join(' '), forMs });
      return undefined;
    },
  });
}

/** UNKLINE or UNDLINE: `<mask>`. */
export function defineLiftCommand(verb: string, kind: ServerBanKind, { mask, whom }: Words): IrcCommand {
  return defineIrcCommand({
    verb,
    params: { min: 1 },
    stage: 'registered',
    cost: 1,
    forOperators: true,
    help: { usage: `${verb} ${mask}`, summary: `Lets ${whom} come to the server again.` },
    run: (irc, [target = '']) => {
      irc.act(liftServerBan, { kind, mask: target });
    },
  });
}
