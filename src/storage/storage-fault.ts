export type StorageFaultCode =
  | 'STORAGE_BUSY'
  | 'STORAGE_CORRUPT'
  | 'STORAGE_FULL'
  | 'STORAGE_READ_ONLY'
  | 'STORAGE_NEWER'
  | 'STORAGE_OLDER'
  | 'STORAGE_NOT_MIGRATED'
  | 'STORAGE_FAILED';

/** What each code means, for whoever runs the server. */
const MEANINGS: Readonly<Record<StorageFaultCode, string>> = {
  STORAGE_BUSY: 'the database is in use by another program',
  STORAGE_CORRUPT: 'the database file is damaged, or is none',
  STORAGE_FULL: 'the disk is full',
  STORAGE_READ_ONLY: 'the database cannot be written to',
  STORAGE_NEWER: 'the database was written by a newer version',
  STORAGE_OLDER: 'the database was written by an older version; start the server once, which brings it up to date',
  STORAGE_NOT_MIGRATED: 'the database cannot be brought up to date, and is as it was',
  STORAGE_FAILED: 'the database cannot be used',
};

/** SQLite's primary result codes (sqlite.org/rescode.html). */
const BY_RESULT: Readonly<Record<number, StorageFaultCode>> = {
  5: 'STORAGE_BUSY',
  6: 'STORAGE_BUSY',
  8: 'STORAGE_READ_ONLY',
  11: 'STORAGE_CORRUPT',
  13: 'STORAGE_FULL',
  14: 'STORAGE_READ_ONLY',
  26: 'STORAGE_CORRUPT',
};
/**
 * I/O errors that are mostly a full disk: SQLite was told of it too late (SQLITE_IOERR_WRITE), or found no room for the
 * memory that its connections share (SQLITE_IOERR_SHMSIZE).
 */
const NO_ROOM: ReadonlySet<number> = new Set([778, 4874]);

/** The database did not do what it was asked. */
export class StorageFault extends Error {
  override readonly name = 'StorageFault';
  readonly code: StorageFaultCode;

  constructor(code: StorageFaultCode, options?: ErrorOptions) {
    super(MEANINGS[code], options);
    this.code = code;
  }

  /** The fault behind an error of the SQLite driver. Whatever else was thrown is thrown again. */
  static from(error: unknown): StorageFault {
    if (error instanceof StorageFault) return error;
    if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') throw error;
    const code = NO_ROOM.has(error.errcode) ? 'STORAGE_FULL' : BY_RESULT[error.errcode & 0xff];
    return new StorageFault(code ?? 'STORAGE_FAILED', { cause: error });
  }
}
