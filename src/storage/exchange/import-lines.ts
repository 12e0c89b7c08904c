import { z } from 'zod';
import { ok, refuse, type Result } from '../../domain/result.ts';
import { FORMAT, FORMAT_VERSION } from './export-format.ts';

const time = z.int().min(0);
const identity = z.string().regex(/^[av][^ ]*$/);

const headerLine = z.object({
  kind: z.literal('header'),
  format: z.literal(FORMAT),
  version: z.literal(FORMAT_VERSION),
  idSuffix: z.string().regex(/^[0-9a-z]{5}$/),
  account: z.string().optional(),
});

const scramKeys = z.object({
  salt: z.string(),
  iterations: z.int().min(1),
  storedKey: z.string(),
  serverKey: z.string(),
});

const accountLine = z.object({
  kind: z.literal('account'),
  id: z.int().min(1),
  name: z.string().min(1),
  createdAt: time,
  lastSeenAt: time,
  settings: z.looseObject({ isAlwaysOn: z.boolean(), isRecorded: z.boolean() }),
  suspension: z.object({ reason: z.string(), by: z.string(), at: time }).optional(),
  nicks: z.array(z.string().min(1)),
  fingerprints: z.array(z.string()),
  credentials: z.object({ password: z.string(), scram: z.object({ sha256: scramKeys, sha512: scramKeys }) }).optional(),
});

const roomLine = z.object({
  kind: z.literal('room'),
  name: z.string().startsWith('#'),
  title: z.string(),
  createdAt: time,
  founder: z.int(),
  registeredAt: time,
  state: z.looseObject({ access: z.array(z.tuple([z.int(), z.string()])) }),
});

const readMarkerLine = z.object({
  kind: z.literal('read-marker'),
  reader: identity,
  conversation: z.string(),
  readAt: time,
  movedAt: time,
});

const conversationLine = z.object({
  kind: z.literal('conversation'),
  key: z.string().min(1),
  title: z.string(),
  isRestricted: z.boolean(),
  isClosed: z.boolean(),
});

const person = z.object({
  name: z.string(),
  identity,
  account: z.string().optional(),
  user: z.string().optional(),
  host: z.string().optional(),
  realName: z.string().optional(),
  label: z.string().optional(),
  isGuest: z.boolean().optional(),
  isBot: z.boolean().optional(),
});

const annotations = z.record(z.string(), z.string()).optional();
const common = { id: z.string().regex(/^[0-9a-z]{16}$/), at: time, by: person };
const manner = z.enum(['speech', 'deed', 'notice', 'query', 'query-answer']);
const role = z.enum(['voice', 'half-operator', 'operator', 'protected', 'founder']);

const messageLine = z.object({
  kind: z.enum(['said', 'told']),
  ...common,
  to: person.optional(),
  manner,
  text: z.string(),
  annotations,
  atLeast: role.optional(),
});

const happeningLine = z.object({
  kind: z.enum(['annotated', 'disconnected', 'joined', 'kicked', 'modes-set', 'parted', 'renamed', 'topic-set']),
  ...common,
  to: person.optional(),
  whom: person.optional(),
  from: person.optional(),
  annotations,
  reason: z.string().optional(),
  roles: z.array(role).optional(),
  changes: z.array(z.unknown()).optional(),
  topic: z.object({ text: z.string(), by: z.string(), at: time }).optional(),
});

const endLine = z.object({ kind: z.literal('end') });

/** What a line of each kind has to be; one of another kind is a happening. */
const types: Readonly<Record<string, z.ZodType<ParsedLine>>> = {
  header: headerLine,
  account: accountLine,
  room: roomLine,
  'read-marker': readMarkerLine,
  conversation: conversationLine,
  said: messageLine,
  told: messageLine,
  end: endLine,
};

/** A line of an export, checked. */
export type ParsedLine =
  | z.output<typeof headerLine>
  | z.output<typeof accountLine>
  | z.output<typeof roomLine>
  | z.output<typeof readMarkerLine>
  | z.output<typeof conversationLine>
  | z.output<typeof messageLine>
  | z.output<typeof happeningLine>
  | z.output<typeof endLine>;

export type LineOf<Kind extends ParsedLine['kind']> = ParsedLine & { readonly kind: Kind };

/** Checks a line. Otherwise, where it is wrong. */
export function parseLine(value: unknown): Result<ParsedLine, string> {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? String(value.kind) : '';
  const parsed = (types[kind] ?? happeningLine).safeParse(value);
  return parsed.success ? ok(parsed.data) : refuse(parsed.error.issues[0]?.path.join('.') ?? '');
}
