import type { Operation } from './operation.ts';
import { accountAdd } from './operations/account-add.ts';
import { accountList } from './operations/account-list.ts';
import { roomList } from './operations/room-list.ts';

const table: readonly Operation<never, unknown>[] = [accountAdd, accountList, roomList];

/** Everything that a server does for whoever runs it, by name. */
export const operations: ReadonlyMap<string, Operation<never, unknown>> = new Map(table.map((one) => [one.name, one]));
