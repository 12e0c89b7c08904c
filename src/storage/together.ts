import type { DatabaseSync } from 'node:sqlite';

/** Does some writing in one transaction: all of it, or nothing when it throws. */
export function together<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/**
 * Does some reading in one transaction. Each of many reads would have its own, and whoever writes has to wait for a moment
 * in which nobody begins one, to begin theirs.
 */
export function atOneMoment<T>(database: DatabaseSync, look: () => T): T {
  database.exec('BEGIN');
  try {
    return look();
  } finally {
    database.exec('ROLLBACK');
  }
}
