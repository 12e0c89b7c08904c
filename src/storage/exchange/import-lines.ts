import { z } from 'zod';
import { parseEmailAddress } from '../../domain/email-address.ts';
import { parseFingerprint } from '../../domain/fingerprint.ts';
import type { Happening } from '../happening-table.ts';
import { sequenceOf } from '../../domain/message-id.ts';
import { parseMetadataKey } from '../../domain/metadata.ts';
import { parseNick } from '../../domain/nick.ts';
import { ROLES } from '../../domain/role.ts';
import { parseRoomName, type RoomName } from '../../domain/room-name.ts';
import type { RoomFlag } from '../../domain/room.ts';
import type { SessionFlag } from '../../domain/session.ts';
import { parseNetwork, type ServerBanKind } from '../../domain/server-ban.ts';
import { ok, refuse, type Result } from '../../domain/result.ts';
import { FORMAT, FORMAT_VERSION } from './export-format.ts';

/** Longer names than any server allows. */
const MAX_NAME_CHARS = 512;
/** The last moment that there is a date for (ECMA-262 section 21.4.1.1), in milliseconds since 1970. */
const MAX_TIME = 8_640_000_000_000_000;
/** The numbers of accounts that leave room for as many more. */
const MAX_ACCOUNTS = 2 ** 32;
/** More than anybody's computer would do for one password. */
const MAX_ITERATIONS = 10_000_000;

// What an export has comes out of clients' lines, and goes into such lines again: nothing in it may end them.
const oneLine = z.string().regex(/^[^\r\n\0]*$/);
/** What is said may have several lines. */
const text = z.string().regex(/^[^\r\0]+$/);
const word = z.string().regex(/^[^\s\0]+$/);
const time = z.int().min(0).max(MAX_TIME);
const identity = z.string().regex(/^(?:a[1-9]\d*|v[^\s\0]+)$/);
const accountId = z.int().min(1).max(MAX_ACCOUNTS);
const accountName = z.string().refine((text) => parseNick(text, MAX_NAME_CHARS).ok);
const roomTitle = z.string().refine((text) => parseRoomName(text, MAX_NAME_CHARS).ok);
/** A room's name as it is looked for; whether it belongs to a title is seen with that. */
const roomKey = z.string().transform((key) => key as RoomName);
const role = z.enum(ROLES);

/** A room's name in both of its forms, which belong together. */
function isRoom(key: string, title: string): boolean {
  const parsed = parseRoomName(title, MAX_NAME_CHARS);
  return parsed.ok && parsed.value.key === key;
}

/** One of a union's names, of which the compiler misses none. */
function oneOf<Name extends string>(names: Readonly<Record<Name, true>>) {
  return z.enum(Object.keys(names) as Name[]);
}

const flag = oneOf<RoomFlag>({
  'invite-only': true,
  moderated: true,
  'no-outside-messages': true,
  secret: true,
  private: true,
  'topic-locked': true,
  'no-formatting': true,
  'no-ctcp': true,
  'no-nick-changes': true,
  'registered-only': true,
  'registered-speak': true,
  'strip-formatting': true,
  'no-kicks': true,
  'secure-only': true,
  'operator-moderated': true,
  auditorium: true,
  unrecorded: true,
});

const headerLine = z.object({
  kind: z.literal('header'),
  format: z.literal(FORMAT),
  version: z.literal(FORMAT_VERSION),
  idSuffix: z.string().regex(/^[0-9a-z]{5}$/),
  account: z.string().optional(),
});

/** What is said about a person or a room. */
const metadata = z
  .record(
    z.string().refine((text) => parseMetadataKey(text).ok),
    oneLine,
  )
  .optional();

const scramKeys = z.object({
  salt: word,
  iterations: z.int().min(1).max(MAX_ITERATIONS),
  storedKey: word,
  serverKey: word,
});

const accountLine = z.object({
  kind: z.literal('account'),
  id: accountId,
  name: accountName,
  createdAt: time,
  lastSeenAt: time,
  settings: z.looseObject({
    isAlwaysOn: z.boolean().optional(),
    isRecorded: z.boolean(),
    // There are exports without these.
    hasManyDevices: z.boolean().default(true),
    email: z
      .string()
      .refine((text) => parseEmailAddress(text).ok)
      .optional(),
  }),
  suspension: z.object({ reason: oneLine, by: oneLine, at: time }).optional(),
  nicks: z.array(accountName),
  fingerprints: z.array(z.string().refine((text) => parseFingerprint(text).ok)),
  metadata,
  credentials: z.object({ password: word, scram: z.object({ sha256: scramKeys, sha512: scramKeys }) }).optional(),
});

const topic = z.object({ text: oneLine, by: oneLine, fullName: word.optional(), at: time });
const room = z.object({ key: roomKey, title: z.string() }).refine(({ key, title }) => isRoom(key, title));
const throttle = z.object({ joins: z.int().min(1), seconds: z.int().min(1) });
const entries = z.array(z.object({ mask: word, by: oneLine, at: time }));

const roomState = z.looseObject({
  flags: z.array(flag),
  lists: z.object({ ban: entries, 'ban-exception': entries, 'invite-exception': entries }),
  topic: topic.optional(),
  key: word.optional(),
  maxMembers: z.int().min(1).optional(),
  forward: room.optional(),
  joinThrottle: throttle.optional(),
});

const roomLine = z
  .object({
    kind: z.literal('room'),
    name: roomKey,
    title: roomTitle,
    createdAt: time,
    founder: accountId,
    registeredAt: time,
    state: roomState.extend({
      access: z.array(z.tuple([z.int(), role])),
      keptDays: z.int().min(1).optional(),
      keptMessages: z.int().min(1).optional(),
    }),
    metadata,
  })
  .refine(({ name, title }) => isRoom(name, title));

const conversationKey = z
  .string()
  .refine((key) => (key.startsWith('#') ? isRoom(key, key) : /^[av][^\s\0]* [av][^\s\0]*$/.test(key)));

const readMarkerLine = z.object({
  kind: z.literal('read-marker'),
  reader: identity,
  conversation: conversationKey,
  readAt: time,
  movedAt: time,
});

const seenMarkLine = z.object({
  kind: z.literal('seen-mark'),
  account: identity,
  device: word,
  upTo: z.int().min(0),
});

/** A ban that can be no ban is none that this server ever had. */
const serverBanLine = z
  .object({
    kind: z.literal('server-ban'),
    goesBy: oneOf<ServerBanKind>({ name: true, network: true }),
    mask: word,
    reason: oneLine,
    by: oneLine,
    at: time,
    until: time.optional(),
  })
  .refine(({ goesBy, mask }) => goesBy === 'name' || parseNetwork(mask) !== undefined);

const stayLine = z.object({
  kind: z.literal('stay'),
  account: accountId,
  name: accountName,
  label: oneLine,
  user: word,
  host: word,
  realName: oneLine,
  isSecure: z.boolean(),
  flags: z.array(
    oneOf<Exclude<SessionFlag, 'operator'>>({
      invisible: true,
      wallops: true,
      bot: true,
      'registered-only': true,
      'callers-accepted': true,
      'no-ctcp': true,
    }),
  ),
  away: oneLine.optional(),
  connectedAt: time,
  activeAt: time,
  isAttended: z.boolean(),
  rooms: z.array(z.object({ name: room, roles: z.array(role) })),
});

const stayRoomLine = z
  .object({ kind: z.literal('stay-room'), name: roomKey, title: roomTitle, createdAt: time, state: roomState })
  .refine(({ name, title }) => isRoom(name, title));

const conversationLine = z
  .object({
    kind: z.literal('conversation'),
    key: conversationKey,
    title: oneLine,
    isRestricted: z.boolean(),
    isClosed: z.boolean(),
  })
  .refine(({ key, title }) => (key.startsWith('#') ? isRoom(key, title) : title === ''));

const person = z.object({
  name: word,
  identity,
  account: word.optional(),
  user: word.optional(),
  host: word.optional(),
  realName: oneLine.optional(),
  label: oneLine.optional(),
  isGuest: z.boolean().optional(),
  isBot: z.boolean().optional(),
});

/** Tags that clients pass on to each other (IRCv3 message-tags). */
const annotations = z.record(z.string().regex(/^\+[^\s;=\0]+$/), z.string().regex(/^[^\0]*$/));
const reason = oneLine;
const common = { id: z.string(), at: time, by: person };
const speech = {
  ...common,
  manner: z.enum(['speech', 'deed', 'notice', 'query', 'query-answer']),
  text,
  annotations: annotations.optional(),
};
const saidLine = z.object({ kind: z.literal('said'), ...speech, atLeast: role.optional() });
const toldLine = z.object({ kind: z.literal('told'), ...speech, to: person });

const on = z.boolean();
const modeChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('flag'), flag, on }),
  z.object({ kind: z.literal('key'), key: word, on }),
  z.object({ kind: z.literal('max-members'), max: z.int().optional() }),
  z.object({ kind: z.literal('forward'), room: room.optional() }),
  z.object({ kind: z.literal('join-throttle'), throttle: throttle.optional() }),
  z.object({ kind: z.literal('list'), list: z.enum(['ban', 'ban-exception', 'invite-exception']), mask: word, on }),
  z.object({ kind: z.literal('role'), role, name: word, on }),
]);

/** What is left of what was taken back. */
const gone = z.object({ kind: z.literal('gone'), id: z.string().refine((id) => sequenceOf(id) !== undefined) });

/** What each kind of happening has besides what all have. */
const happenings = {
  annotated: z.object({ kind: z.literal('annotated'), ...common, to: person.optional(), annotations }),
  disconnected: z.object({ kind: z.literal('disconnected'), ...common, reason }),
  joined: z.object({ kind: z.literal('joined'), ...common, roles: z.array(role) }),
  kicked: z.object({ kind: z.literal('kicked'), ...common, whom: person, reason }),
  'modes-set': z.object({ kind: z.literal('modes-set'), ...common, changes: z.array(modeChange) }),
  parted: z.object({ kind: z.literal('parted'), ...common, reason }),
  redacted: z.object({ kind: z.literal('redacted'), ...common, to: person.optional(), message: gone, reason }),
  renamed: z.object({ kind: z.literal('renamed'), ...common, from: person }),
  'room-renamed': z.object({ kind: z.literal('room-renamed'), ...common, oldName: room, newName: room, reason }),
  'topic-set': z.object({ kind: z.literal('topic-set'), ...common, topic: topic.optional() }),
} satisfies Readonly<Record<Happening['kind'], unknown>>;

const endLine = z.object({ kind: z.literal('end') });

/** What a line of each kind has to be. */
const types: ReadonlyMap<string, z.ZodType<ParsedLine>> = new Map<string, z.ZodType<ParsedLine>>([
  ['header', headerLine],
  ['account', accountLine],
  ['room', roomLine],
  ['read-marker', readMarkerLine],
  ['seen-mark', seenMarkLine],
  ['server-ban', serverBanLine],
  ['stay', stayLine],
  ['stay-room', stayRoomLine],
  ['conversation', conversationLine],
  ['said', saidLine],
  ['told', toldLine],
  ['end', endLine],
  ...Object.entries(happenings),
]);

type HappeningLine = z.output<(typeof happenings)[Happening['kind']]>;

/** A line of an export, checked. */
export type ParsedLine =
  | z.output<typeof headerLine>
  | z.output<typeof accountLine>
  | z.output<typeof roomLine>
  | z.output<typeof readMarkerLine>
  | z.output<typeof seenMarkLine>
  | z.output<typeof serverBanLine>
  | z.output<typeof stayLine>
  | z.output<typeof stayRoomLine>
  | z.output<typeof conversationLine>
  | z.output<typeof saidLine>
  | z.output<typeof toldLine>
  | HappeningLine
  | z.output<typeof endLine>;

export type LineOf<Kind extends ParsedLine['kind']> = ParsedLine & { readonly kind: Kind };

/** Checks a line. Otherwise, where it is wrong. */
export function parseLine(value: unknown): Result<ParsedLine, string> {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? String(value.kind) : '';
  const type = types.get(kind);
  if (type === undefined) return refuse('kind');
  const parsed = type.safeParse(value);
  return parsed.success ? ok(parsed.data) : refuse(parsed.error.issues[0]?.path.join('.') || kind);
}
