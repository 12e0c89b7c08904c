import type { Operation } from './operation.ts';
import { accountAdd } from './operations/account-add.ts';
import { accountDelete } from './operations/account-delete.ts';
import { accountErase } from './operations/account-erase.ts';
import { accountList } from './operations/account-list.ts';
import { accountPasswd } from './operations/account-passwd.ts';
import { accountRename } from './operations/account-rename.ts';
import { accountShow } from './operations/account-show.ts';
import { accountSuspend } from './operations/account-suspend.ts';
import { accountUnsuspend } from './operations/account-unsuspend.ts';
import { roomAdd } from './operations/room-add.ts';
import { roomDrop } from './operations/room-drop.ts';
import { roomHistory } from './operations/room-history.ts';
import { roomList } from './operations/room-list.ts';
import { roomSetAccess } from './operations/room-set-access.ts';
import { roomSetFounder } from './operations/room-set-founder.ts';
import { roomShow } from './operations/room-show.ts';

const table: readonly Operation<never, unknown>[] = [
  accountAdd,
  accountDelete,
  accountErase,
  accountList,
  accountPasswd,
  accountRename,
  accountShow,
  accountSuspend,
  accountUnsuspend,
  roomAdd,
  roomDrop,
  roomHistory,
  roomList,
  roomSetAccess,
  roomSetFounder,
  roomShow,
];

/** Everything that a server does for whoever runs it, by name. */
export const operations: ReadonlyMap<string, Operation<never, unknown>> = new Map(table.map((one) => [one.name, one]));
