import type { Settings } from '../../config/settings.ts';
import type { Action } from '../../domain/action.ts';
import { CONSOLE } from '../../domain/console.ts';
import { isKept } from '../../domain/keeping.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Storage } from '../../storage/storage.ts';
import { MessageIds } from '../message-ids.ts';
import { newChat } from '../new-chat.ts';
import { PasswordWork } from '../passwords.ts';
import type { Office } from './operation.ts';

/** The office of a database that no server serves. The caller has the data directory to itself. */
export function closedOffice(settings: Settings, storage: Storage): Office {
  const chat = newChat(settings);
  storage.restore(chat);
  const ids = new MessageIds(storage.idSuffix, storage.lastSequence);
  const act = async <Input>(action: Action<Input>, input: Input): Promise<Result<undefined, Refusal>> => {
    const outcome = action.run(chat, CONSOLE, input, ids.next(Date.now()));
    if (!outcome.ok) return outcome;
    storage.keep(outcome.value.filter(isKept), chat);
    return ok(undefined);
  };
  const passwords = new PasswordWork(storage.secret, settings.limits.password_chars);
  return { settings, chat, storage, passwords, act };
}
