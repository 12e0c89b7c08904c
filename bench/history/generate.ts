// Makes a data directory with a long history and its index of words, as a server would have after years: node
// bench/history/generate.ts DIR [MESSAGES]. The same number gives the same history, but for the moment in which it ends.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { accountIdentity, privateConversation } from '../../src/domain/conversation.ts';
import { IDS_PER_MS, sequenceAt } from '../../src/domain/message-id.ts';
import { searchFileIn } from '../../src/storage/search-files.ts';
import { SearchIndex } from '../../src/storage/search-index.ts';
import { Storage } from '../../src/storage/storage.ts';
import { seeded, sentence, unevenly } from './vocabulary.ts';

const ROOMS = 2000;
const PEOPLE = 5000;
const PRIVATE_CONVERSATIONS = 20_000;
/** Of all messages. */
const PRIVATE_SHARE = 0.1;
const SPAN_MS = 3 * 365 * 86_400_000;
/** Messages in one transaction. */
const BATCH = 50_000;

const random = seeded(4);

function addPeople(database: DatabaseSync): void {
  const insert = database.prepare(
    `INSERT INTO personas (id, identity, name, label, user, host, real_name, account, is_named, is_bot)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, 0)`,
  );
  for (let id = 1; id <= PEOPLE; id++) {
    const name = `person${id}`;
    insert.run(id, accountIdentity(id), name, name, name, `${id}.example`, `Person ${id}`, name);
  }
}

function addConversations(database: DatabaseSync): void {
  const insert = database.prepare('INSERT INTO conversations (id, key, title, one, other) VALUES (?, ?, ?, ?, ?)');
  for (let id = 1; id <= ROOMS; id++) insert.run(id, `#room${id}`, `#room${id}`, null, null);
  for (let at = 0; at < PRIVATE_CONVERSATIONS; at++) {
    const [one, other] = correspondents(at).map(accountIdentity);
    insert.run(ROOMS + 1 + at, privateConversation(one!, other!), '', one!, other!);
  }
}

/** Each person has conversations with the four that come after. */
function correspondents(at: number): [number, number] {
  const one = (at % PEOPLE) + 1;
  return [one, ((one + Math.floor(at / PEOPLE)) % PEOPLE) + 1];
}

function addMessages(database: DatabaseSync, count: number): void {
  const insert = database.prepare(
    'INSERT INTO messages (sequence, conversation, sender, recipient, manner, text) VALUES (?, ?, ?, ?, 0, ?)',
  );
  const first = sequenceAt(Date.now() - SPAN_MS);
  const step = Math.floor((SPAN_MS * IDS_PER_MS) / count);
  for (let at = 0; at < count; at++) {
    if (at % BATCH === 0) {
      if (at > 0) database.exec('COMMIT');
      database.exec('BEGIN');
      tell('messages', at, count);
    }
    if (random() >= PRIVATE_SHARE) {
      const [room, person] = [unevenly(ROOMS, random) + 1, unevenly(PEOPLE, random) + 1];
      insert.run(first + at * step, room, person, null, sentence(random));
    } else {
      const conversation = unevenly(PRIVATE_CONVERSATIONS, random);
      const [one, other] = correspondents(conversation);
      insert.run(first + at * step, ROOMS + 1 + conversation, one, other, sentence(random));
    }
  }
  database.exec('COMMIT');
}

/** The server itself would do this in the background. */
function addWords(folder: string, messagesFile: string, count: number): void {
  const index = new SearchIndex(searchFileIn(folder), messagesFile);
  let batches = 0;
  while (index.catchUp()) if (++batches % 10 === 0) tell('words of messages', batches * SearchIndex.batch, count);
  index.close();
}

/** Shows how far it is, to somebody at a terminal. */
function tell(what: string, done: number, of: number): void {
  if (process.stdout.isTTY) process.stdout.write(`\r${what}: ${done} of ${of}   `);
}

/** In the place of how far it was. */
function tellDone(what: string): void {
  console.log(process.stdout.isTTY ? `\r${what.padEnd(60)}` : what);
}

const USAGE = `Usage: node bench/history/generate.ts DIR [MESSAGES]
Makes a history of so many messages (10,000,000) in DIR, with its index of words.`;
const [folder, wanted = '10000000'] = process.argv.slice(2);
const count = Number(wanted);
if (folder === '--help') {
  console.log(USAGE);
  process.exit(0);
}
if (folder === undefined || folder.startsWith('-') || !Number.isInteger(count) || count < 1) {
  console.error(USAGE);
  process.exit(2);
}
const file = join(folder, 'partyline.db');
if (existsSync(file)) {
  console.error(`${file} is there already`);
  process.exit(1);
}
mkdirSync(folder, { recursive: true });
new Storage(file, 'process').close();
const begun = performance.now();
const seconds = (): string => `${((performance.now() - begun) / 1000).toFixed(0)} s`;
const database = new DatabaseSync(file);
database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144');
// An index is quicker made in one go.
const index = database.prepare("SELECT sql FROM sqlite_schema WHERE name = 'messages_conversation'").get();
database.exec('DROP INDEX messages_conversation; BEGIN');
addPeople(database);
addConversations(database);
database.exec('COMMIT');
addMessages(database, count);
database.exec(String(index?.['sql']));
database.exec('PRAGMA journal_mode = WAL');
database.close();
tellDone(`${count} messages in ${seconds()}`);
addWords(folder, file, count);
tellDone(`with an index of their words in ${seconds()} in all`);
