import { setImmediate } from 'node:timers/promises';
import type { Settings } from '../../config/settings.ts';
import type { Action } from '../../domain/action.ts';
import { CONSOLE } from '../../domain/console.ts';
import { isKept } from '../../domain/keeping.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { ok, type Result } from '../../domain/result.ts';
import { purgeSearchIndex } from '../../storage/purge-search-index.ts';
import type { Storage } from '../../storage/storage.ts';
import { MessageIds } from '../message-ids.ts';
import { newChat } from '../new-chat.ts';
import { PasswordWork } from '../passwords.ts';
import { retentionOf } from '../retention.ts';
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
  const prune: Office['prune'] = async ({ signal }, stepped) => {
    for (const step of storage.pruning(retentionOf(chat), Date.now())) {
      stepped(step);
      // A signal comes between turns of the loop alone.
      await setImmediate();
      signal.throwIfAborted();
    }
    if (storage.searchFile !== undefined) purgeSearchIndex(storage.searchFile, storage.file);
    return storage.emptyLog();
  };
  return { settings, chat, storage, passwords, act, prune };
}
