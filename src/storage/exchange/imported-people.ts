import type { DatabaseSync } from 'node:sqlite';
import { DEFAULT_ACCOUNT_SETTINGS, type Account } from '../../domain/account.ts';
import {
  accountIdentity,
  isAccountIdentity,
  peopleOf,
  privateConversation,
  visitIdentity,
  type ConversationKey,
  type Identity,
} from '../../domain/conversation.ts';
import { nickKey, type NickKey } from '../../domain/nick.ts';
import type { Persona } from '../../domain/session.ts';
import { AccountTable } from '../account-table.ts';
import { MetadataTable } from '../metadata-table.ts';
import type { PersonaTable } from '../persona-table.ts';
import type { PersonFacts } from './export-format.ts';
import type { LineOf } from './import-lines.ts';
import { personaOf } from './persona-of.ts';

/** People that are kept in memory. */
const MAX_PEOPLE = 10_000;

/** Who the people of an export are here. */
export class ImportedPeople {
  readonly #accounts: AccountTable;
  readonly #metadata: MetadataTable;
  /** Accounts that are here, by their nicks. */
  readonly #owners = new Map<NickKey, number>();
  readonly #ids = new Set<number>();
  readonly #fingerprints = new Set<string>();
  /** The accounts of the export, by its numbers, with ours. */
  readonly #ours = new Map<number, number>();
  readonly #people = new Map<string, Persona>();
  #nextId = 1;
  #suffix = '';
  #isSameServer = false;

  constructor(database: DatabaseSync, personas: PersonaTable) {
    this.#accounts = new AccountTable(database);
    this.#metadata = new MetadataTable(database);
    for (const account of this.#accounts.all()) this.#note(account);
    this.#nextId = Math.max(this.#nextId, personas.highestAccount() + 1);
  }

  /**
   * @param suffix what the ids of the export end with.
   * @param isSameServer whether it is an export of this database, so that its numbers are ours.
   */
  begin(suffix: string, isSameServer: boolean): void {
    this.#suffix = suffix;
    this.#isSameServer = isSameServer;
  }

  /** Takes in an account, without what belongs to another one here. False when it is here already. */
  account(line: LineOf<'account'>): boolean {
    const { name, createdAt, lastSeenAt, settings, suspension, credentials } = line;
    const key = nickKey(name);
    const there = this.#owners.get(key) ?? (this.#isSameServer && this.#ids.has(line.id) ? line.id : undefined);
    if (there !== undefined) {
      // On the same server, another account of that name is another one.
      if (!this.#isSameServer || there === line.id) this.#ours.set(line.id, there);
      return false;
    }
    const id = this.#isSameServer ? line.id : this.#nextId;
    const nicks = line.nicks.filter((nick) => !this.#owners.has(nickKey(nick)));
    const account: Account = {
      id,
      name,
      key,
      createdAt,
      lastSeenAt,
      credentials,
      suspension,
      settings: { ...DEFAULT_ACCOUNT_SETTINGS, ...settings },
      nicks: new Map([...nicks, name].map((nick) => [nickKey(nick), nick])),
      fingerprints: new Set(line.fingerprints.filter((fingerprint) => !this.#fingerprints.has(fingerprint))),
    };
    this.#accounts.put(account);
    this.#metadata.import(accountIdentity(id), line.metadata);
    this.#note(account);
    this.#ours.set(line.id, id);
    return true;
  }

  /** The number of an account of the export here; undefined when it is nobody's. */
  oursOf(theirs: number): number | undefined {
    return this.#ours.get(theirs);
  }

  /** Who somebody of the export is here. Accounts that are in it no longer are nobody of ours. */
  identity(theirs: string): Identity {
    if (this.#isSameServer || !isAccountIdentity(theirs as Identity)) return theirs as Identity;
    const ours = this.#ours.get(Number(theirs.slice(1)));
    return ours === undefined ? visitIdentity(`${this.#suffix}${theirs}`) : accountIdentity(ours);
  }

  /** What a conversation of the export is called here. */
  key(theirs: string): ConversationKey {
    const people = peopleOf(theirs as ConversationKey);
    if (people === undefined) return theirs as ConversationKey;
    return privateConversation(this.identity(people[0]), this.identity(people[1]));
  }

  person(facts: PersonFacts): Persona {
    const text = JSON.stringify(facts);
    const known = this.#people.get(text);
    if (known !== undefined) return known;
    if (this.#people.size >= MAX_PEOPLE) this.#people.clear();
    const persona = personaOf(facts, this.identity(facts.identity));
    this.#people.set(text, persona);
    return persona;
  }

  #note({ id, nicks, fingerprints }: Account): void {
    this.#ids.add(id);
    this.#nextId = Math.max(this.#nextId, id + 1);
    for (const nick of nicks.keys()) this.#owners.set(nick, id);
    for (const fingerprint of fingerprints) this.#fingerprints.add(fingerprint);
  }
}
