import type { DatabaseSync } from 'node:sqlite';
import { AccountTable } from './account-table.ts';
import { ConversationTable } from './conversation-table.ts';
import { Erasing } from './erasing.ts';
import { HappeningTable } from './happening-table.ts';
import { MessageTable } from './message-table.ts';
import { MetadataTable } from './metadata-table.ts';
import { PersonaTable } from './persona-table.ts';
import { ReadMarkerTable } from './read-marker-table.ts';
import { RoomTable } from './room-table.ts';
import { SeenMarkTable } from './seen-mark-table.ts';
import { ServerBanTable } from './server-ban-table.ts';
import { StayTable } from './stay-table.ts';

/** All tables of a database, each with its own file. */
export type Tables = ReturnType<typeof openTables>;

/** @param idSuffix what the ids of this server end with. */
export function openTables(database: DatabaseSync, idSuffix: string) {
  const personas = new PersonaTable(database);
  const conversations = new ConversationTable(database);
  return {
    personas,
    conversations,
    messages: new MessageTable(database, personas, idSuffix),
    happenings: new HappeningTable(database, personas, idSuffix),
    accounts: new AccountTable(database),
    rooms: new RoomTable(database),
    readMarkers: new ReadMarkerTable(database),
    seenMarks: new SeenMarkTable(database),
    serverBans: new ServerBanTable(database),
    metadata: new MetadataTable(database),
    stays: new StayTable(database),
    erasing: new Erasing(database, personas, conversations),
  };
}
