import type { PlainCommand } from './command.ts';
import { catchup } from './commands/catchup.ts';
import { help } from './commands/help.ts';
import { history } from './commands/history.ts';
import { join } from './commands/join.ts';
import { login } from './commands/login.ts';
import { logout } from './commands/logout.ts';
import { me } from './commands/me.ts';
import { msg } from './commands/msg.ts';
import { nick } from './commands/nick.ts';
import { own } from './commands/own.ts';
import { part } from './commands/part.ts';
import { passwd } from './commands/passwd.ts';
import { quit } from './commands/quit.ts';
import { record } from './commands/record.ts';
import { register } from './commands/register.ts';
import { rename } from './commands/rename.ts';
import { rooms } from './commands/rooms.ts';
import { search } from './commands/search.ts';
import { stay } from './commands/stay.ts';
import { topic } from './commands/topic.ts';
import { unregister } from './commands/unregister.ts';
import { who } from './commands/who.ts';

/** Every slash command, sorted by name. A test holds it against the folder. */
export const commands: ReadonlyMap<string, PlainCommand> = new Map(
  [
    catchup,
    help,
    history,
    join,
    login,
    logout,
    me,
    msg,
    nick,
    own,
    part,
    passwd,
    quit,
    record,
    register,
    rename,
    rooms,
    search,
    stay,
    topic,
    unregister,
    who,
  ].map((command) => [command.name, command]),
);
