import type { DatabaseSync } from 'node:sqlite';

/** Takes messages away for good; gives how many. To be called within a transaction. */
export type Removal = (...parameters: readonly (number | string)[]) => number;

/**
 * Prepares to take messages away, with the reactions to them. That they are gone is noted for whoever has copied them.
 * @param selection the SQL of a query that gives their sequence numbers, with numbered parameters.
 */
export function removalStatements(database: DatabaseSync, selection: string): Removal {
  const note = database.prepare(`INSERT INTO removals (sequence) ${selection}`);
  const unreact = database.prepare(
    `DELETE FROM happenings WHERE about IN (${selection})
       AND conversation = (SELECT conversation FROM messages m WHERE m.sequence = happenings.about)`,
  );
  const remove = database.prepare(`DELETE FROM messages WHERE sequence IN (${selection})`);
  return (...parameters) => {
    if (note.run(...parameters).changes === 0) return 0;
    unreact.run(...parameters);
    return Number(remove.run(...parameters).changes);
  };
}
