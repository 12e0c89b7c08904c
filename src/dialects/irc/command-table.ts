import type { IrcCommand } from './command.ts';
import { accept } from './commands/accept.ts';
import { admin } from './commands/admin.ts';
import { authenticate } from './commands/authenticate.ts';
import { away } from './commands/away.ts';
import { batch } from './commands/batch.ts';
import { cap } from './commands/cap.ts';
import { chanserv } from './commands/chanserv.ts';
import { chathistory } from './commands/chathistory.ts';
import { chghost } from './commands/chghost.ts';
import { cs } from './commands/cs.ts';
import { dline } from './commands/dline.ts';
import { help } from './commands/help.ts';
import { helpop } from './commands/helpop.ts';
import { histserv } from './commands/histserv.ts';
import { hs } from './commands/hs.ts';
import { info } from './commands/info.ts';
import { invite } from './commands/invite.ts';
import { ison } from './commands/ison.ts';
import { isupport } from './commands/isupport.ts';
import { join } from './commands/join.ts';
import { kick } from './commands/kick.ts';
import { kill } from './commands/kill.ts';
import { kline } from './commands/kline.ts';
import { links } from './commands/links.ts';
import { list } from './commands/list.ts';
import { lusers } from './commands/lusers.ts';
import { markread } from './commands/markread.ts';
import { metadata } from './commands/metadata.ts';
import { mode } from './commands/mode.ts';
import { monitor } from './commands/monitor.ts';
import { motd } from './commands/motd.ts';
import { names } from './commands/names.ts';
import { nick } from './commands/nick.ts';
import { nickserv } from './commands/nickserv.ts';
import { notice } from './commands/notice.ts';
import { ns } from './commands/ns.ts';
import { oper } from './commands/oper.ts';
import { part } from './commands/part.ts';
import { pass } from './commands/pass.ts';
import { persistence } from './commands/persistence.ts';
import { ping } from './commands/ping.ts';
import { pong } from './commands/pong.ts';
import { privmsg } from './commands/privmsg.ts';
import { quit } from './commands/quit.ts';
import { redact } from './commands/redact.ts';
import { rename } from './commands/rename.ts';
import { register } from './commands/register.ts';
import { rehash } from './commands/rehash.ts';
import { sajoin } from './commands/sajoin.ts';
import { samode } from './commands/samode.ts';
import { search } from './commands/search.ts';
import { setname } from './commands/setname.ts';
import { stats } from './commands/stats.ts';
import { tagmsg } from './commands/tagmsg.ts';
import { time } from './commands/time.ts';
import { topic } from './commands/topic.ts';
import { undline } from './commands/undline.ts';
import { unkline } from './commands/unkline.ts';
import { user } from './commands/user.ts';
import { userhost } from './commands/userhost.ts';
import { users } from './commands/users.ts';
import { verify } from './commands/verify.ts';
import { version } from './commands/version.ts';
import { wallops } from './commands/wallops.ts';
import { webirc } from './commands/webirc.ts';
import { who } from './commands/who.ts';
import { whois } from './commands/whois.ts';
import { whowas } from './commands/whowas.ts';

/** Every IRC command, sorted by verb. A test holds it against the folder. */
export const commands: ReadonlyMap<string, IrcCommand> = new Map(
  [
    accept,
    admin,
    authenticate,
    away,
    batch,
    cap,
    chanserv,
    chathistory,
    chghost,
    cs,
    dline,
    help,
    helpop,
    histserv,
    hs,
    info,
    invite,
    ison,
    isupport,
    join,
    kick,
    kill,
    kline,
    links,
    list,
    lusers,
    markread,
    metadata,
    mode,
    monitor,
    motd,
    names,
    nick,
    nickserv,
    notice,
    ns,
    oper,
    part,
    pass,
    persistence,
    ping,
    pong,
    privmsg,
    quit,
    redact,
    register,
    rehash,
    rename,
    sajoin,
    samode,
    search,
    setname,
    stats,
    tagmsg,
    time,
    topic,
    undline,
    unkline,
    user,
    userhost,
    users,
    verify,
    version,
    wallops,
    webirc,
    who,
    whois,
    whowas,
  ].map((command): [string, IrcCommand] => [command.verb, command]),
);
