import type { Account, AccountSettings, Suspension } from '../../domain/account.ts';
import type { Chat } from '../../domain/chat.ts';
import type { Role } from '../../domain/role.ts';

/** All that whoever runs the server is told of an account. Times are milliseconds since 1970. */
export interface AccountDetails extends AccountSettings {
  readonly name: string;
  /** Nicks that belong to it, its name among them. */
  readonly nicks: readonly string[];
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly suspension: Suspension | undefined;
  readonly hasPassword: boolean;
  readonly fingerprints: readonly string[];
  /** Rooms where it has a role by right. */
  readonly rooms: readonly { readonly name: string; readonly role: Role }[];
  /** Those who are logged in to it. */
  readonly sessions: readonly SessionDetails[];
}

interface SessionDetails {
  readonly nick: string;
  readonly connectedAt: number;
  /** Addresses of the devices that they are here with; none while they stay on without one. */
  readonly addresses: readonly string[];
}

export function accountDetails(chat: Chat, account: Account): AccountDetails {
  const { id, name, nicks, createdAt, lastSeenAt, suspension, credentials, fingerprints, settings } = account;
  const rooms = [...chat.rooms.values()].flatMap(({ title, registration }) => {
    const role = registration?.founder === account ? 'founder' : registration?.access.get(id);
    return role === undefined ? [] : [{ name: title, role }];
  });
  const sessions = chat.sessionsOf(account).map(({ persona, connectedAt, devices }) => ({
    nick: persona.name,
    connectedAt,
    addresses: [...devices.values()].map(({ address }) => (address === '' ? 'local' : address)),
  }));
  return {
    name,
    nicks: [...nicks.values()],
    createdAt,
    lastSeenAt,
    suspension,
    hasPassword: credentials !== undefined,
    fingerprints: [...fingerprints],
    ...settings,
    rooms,
    sessions,
  };
}
