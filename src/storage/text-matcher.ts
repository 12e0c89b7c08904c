import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** Tells which of a few texts match: they are put into an index of words in memory, which is emptied again. */
export class TextMatcher {
  readonly #database = new DatabaseSync(':memory:');
  readonly #insert: StatementSync;
  readonly #matching: StatementSync;

  /** @param tokenize how texts are cut into words, as FTS5 is told. */
  constructor(tokenize: string) {
    this.#database.exec(
      `CREATE VIRTUAL TABLE texts USING fts5(text, content = '', columnsize = 0, tokenize = '${tokenize}')`,
    );
    this.#insert = this.#database.prepare('INSERT INTO texts (rowid, text) VALUES (?, ?)');
    this.#matching = this.#database.prepare('SELECT rowid FROM texts WHERE texts MATCH ?');
  }

  /** The places in the list of those that match. */
  matching(texts: readonly string[], match: string): Set<number> {
    this.#database.exec('BEGIN');
    try {
      // With row ids that do not ascend, it would be written out at each of them.
      for (const [at, text] of texts.entries()) this.#insert.run(at, text);
      return new Set(this.#matching.all(match).map((row) => Number(row['rowid'])));
    } finally {
      this.#database.exec('ROLLBACK');
    }
  }

  close(): void {
    this.#database.close();
  }
}
