import { initial } from './migrations/0001-initial.ts';
import { rooms } from './migrations/0002-rooms.ts';
import { readMarkers } from './migrations/0003-read-markers.ts';
import { reactions } from './migrations/0004-reactions.ts';
import { stays } from './migrations/0005-stays.ts';
import { seenMarks } from './migrations/0006-seen-marks.ts';
import { metadata } from './migrations/0007-metadata.ts';
import { erasures } from './migrations/0008-erasures.ts';
import { serverBans } from './migrations/0009-server-bans.ts';

/** One step of the schema: SQL that takes a database from the version before to this one. Landed ones never change. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/** Every migration, in order of version, without a gap. */
export const migrations: readonly Migration[] = [
  initial,
  rooms,
  readMarkers,
  reactions,
  stays,
  seenMarks,
  metadata,
  erasures,
  serverBans,
];

/** The version of the schema that this program uses. */
export const newestVersion = migrations.at(-1)?.version ?? 0;
