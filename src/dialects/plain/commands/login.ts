import { logIn } from '../../../domain/actions/log-in.ts';
import { setNick } from '../../../domain/actions/set-nick.ts';
import { splitDeviceName } from '../../../domain/device-name.ts';
import { nickKey, parseNick, type NickKey } from '../../../domain/nick.ts';
import type { Session } from '../../../domain/session.ts';
import { provePassword } from '../../account-entry.ts';
import { askPassword } from '../ask-password.ts';
import { definePlainCommand } from '../command.ts';
import type { PlainSession } from '../session.ts';
import { tellMissed } from '../tell-missed.ts';

/** Somebody, and which device of theirs this is. */
type Login = ReturnType<typeof splitDeviceName>;

/** /login name[@device] [password]: without a password it is asked for. */
export const login = definePlainCommand({
  name: 'login',
  words: 1,
  min: 1,
  cost: 2,
  takesPassword: true,
  help: {
    usage: '/login NAME [PASSWORD]',
    summary: 'uses your account, on any of your devices',
    details: [
      'without a password it is asked for, and not shown where the terminal can hide it',
      'call your devices by a name, as in alan@phone, and each is told what it missed itself',
    ],
  },
  run(plain, [login = '', password]) {
    const { name, device } = splitDeviceName(login);
    if (plain.me?.account !== undefined) {
      return plain.notice(`you are logged in as ${plain.me.account.name} already; /logout first`);
    }
    if (password !== undefined) return prove(plain, { name, device }, password);
    return askPassword(plain, `the password of ${name}:`, (given) => prove(plain, { name, device }, given));
  },
});

function prove(plain: PlainSession, { name, device }: Login, password: string): void {
  plain.host.wait(provePassword(plain.host, name, password), (proved) => {
    if (!proved.ok) return plain.refused(proved.error);
    enter(plain, name, proved.value);
    return tellMissed(plain, device);
  });
}

/** Whoever is here with the account already gets one device more; else this session acts for the account from now on. */
function enter(plain: PlainSession, name: string, account: NickKey): void {
  const { host } = plain;
  const here = findPresence(plain, name, account);
  if (here !== undefined) {
    if (host.attach(here.id)) plain.attached();
    return;
  }
  if (!host.act(logIn, { account }) || plain.me?.persona.isNamed === true) return;
  const nick = parseNick(plain.me?.account?.name ?? name, plain.options.maxNickChars);
  if (nick.ok) host.act(setNick, { nick: nick.value });
}

/** Whoever is here with the account: under the name that was given, before any other. */
function findPresence({ host }: PlainSession, name: string, key: NickKey): Session | undefined {
  const account = host.chat.accounts.get(key);
  if (account === undefined || account.suspension !== undefined) return undefined;
  const here = host.chat.sessionsOf(account).filter(({ persona, isPresent }) => isPresent && persona.isNamed);
  return here.find(({ persona }) => persona.key === nickKey(name)) ?? here[0];
}
