import type { Settings } from '../config/settings.ts';
import { Chat } from '../domain/chat.ts';
import { parseRoomName, type ParsedRoomName } from '../domain/room-name.ts';

/** The room that is always there. Throws a `TypeError` when the settings name none. */
export function lobbyOf({ lobby, limits }: Pick<Settings, 'lobby' | 'limits'>): ParsedRoomName {
  const parsed = parseRoomName(lobby, limits.room_name_chars);
  if (!parsed.ok) throw new TypeError(`settings hold a lobby that is no room name: ${lobby}`);
  return parsed.value;
}

/** Days in milliseconds; 0 is for ever. */
function daysOrNever(days: number): number | undefined {
  return days === 0 ? undefined : days * 86_400_000;
}

/** A limit; 0 is none. */
function numberOrAny(limit: number): number | undefined {
  return limit === 0 ? undefined : limit;
}

/** A chat with nobody in it, as the settings want it. */
export function newChat(settings: Settings): Chat {
  const { limits, history } = settings;
  return new Chat(
    {
      maxSessions: limits.sessions,
      maxRooms: limits.rooms,
      maxRoomsPerSession: limits.rooms_per_session,
      maxTextBytes: Math.max(limits.line_bytes, limits.multiline_bytes),
      maxTopicBytes: limits.topic_bytes,
      maxListEntries: limits.list_entries,
      maxRenamedMembers: limits.renamed_room_members,
      maxWatched: limits.watched_nicks,
      maxMetadataKeys: limits.metadata_keys,
      maxMetadataValueBytes: limits.metadata_value_bytes,
      maxSubscriptions: limits.metadata_subscriptions,
      maxDevices: limits.devices_per_session,
      redactHours: limits.redact_hours,
      takesNewAccounts: settings.accounts.registration !== 'closed',
      needsEmail: settings.accounts.email_required,
      staysByDefault: settings.accounts.always_on,
      maxUnattendedMs: daysOrNever(settings.accounts.always_on_days),
      keepsHistory: history.enabled,
      kept: { days: numberOrAny(history.max_days), messages: numberOrAny(history.max_messages_per_room) },
      maxRoomsPerAccount: limits.rooms_per_account,
    },
    [lobbyOf(settings)],
    Date.now(),
  );
}
