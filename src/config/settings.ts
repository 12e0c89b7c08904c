import { isIPv4, isIPv6 } from 'node:net';
import { z } from 'zod';
import { isHostName, serverHostName } from '../protocol/irc/host-name.ts';
import { parseListenSpec } from './listen-spec.ts';

/** What is said of a setting besides its type: everything that is shown of it is made from this. */
interface About {
  /** One sentence: what it does. */
  readonly doc: string;
  /** What it may be, to follow "it must be". */
  readonly allowed: string;
}

const about = new WeakMap<z.ZodType, About>();

function described<Type extends z.ZodType>(type: Type, words: About): Type {
  about.set(type, words);
  return type;
}

function whole(preset: number, range: { min: number; max: number; unit?: string }, doc: string) {
  const { min, max, unit } = range;
  const allowed = `a whole number from ${min} to ${max}${unit === undefined ? '' : ` (${unit})`}`;
  return described(z.int().min(min).max(max).default(preset), { doc, allowed });
}

function choice<const Values extends readonly [string, ...string[]]>(
  preset: Values[number],
  values: Values,
  doc: string,
) {
  return described(z.enum(values).default(preset as z.util.NoUndefined<Values[number]>), {
    doc,
    allowed: `one of ${values.join(', ')}`,
  });
}

function yesOrNo(preset: boolean, doc: string) {
  return described(z.boolean().default(preset), { doc, allowed: 'true or false' });
}

function networks(preset: string[], doc: string) {
  const allowed = 'a list of addresses or networks such as 10.0.0.0/8';
  return described(z.array(z.string().refine(isNetwork)).default(preset), { doc, allowed });
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const maxPrefix = isIPv4(address) ? 32 : isIPv6(address) ? 128 : -1;
  if (maxPrefix === -1 || more.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= maxPrefix);
}

function isGateway(text: string): boolean {
  const [network = '', password = '', ...more] = text.split(' ');
  return isNetwork(network) && password.length >= 8 && more.length === 0;
}

/**
 * The one list of settings: name, type, default, what it does and what it may be. The names are the same in the file, in
 * the code and, in capitals behind `PARTYLINE_`, in the environment. Numbers carry their unit in their name.
 */
const schema = {
  name: described(
    z
      .string()
      .refine((name) => isHostName(serverHostName(name)))
      .default('partyline'),
    {
      doc: 'What the server calls itself.',
      allowed: 'a host name, or the first part of one; at most 63 characters, 57 without a dot',
    },
  ),
  listen: described(
    z
      .array(z.string().refine((text) => parseListenSpec(text).ok))
      .min(1)
      .default(['*:8001']),
    {
      doc: 'Addresses to listen on. Behind one, "=plain" and the like make it speak only that.',
      allowed: 'a list of HOST:PORT, *:PORT, [IPV6]:PORT or unix:/PATH, each with =PROTOCOL,... behind it or not',
    },
  ),
  data: described(z.string().min(1).default('./data'), { doc: 'The folder where state is kept.', allowed: 'a path' }),
  lobby: described(
    z
      .string()
      .regex(/^#[^\s,:*?]{1,63}$/)
      .default('#lobby'),
    {
      doc: 'The room that plain people start in. It is always there.',
      allowed: 'a room name such as #lobby',
    },
  ),
  proxies: networks(
    [],
    'Load balancers that say where a connection comes from (PROXY protocol); from there nothing else is taken.',
  ),
  optional_proxies: networks(
    [],
    'The same, where people are too: who says nothing of the kind there comes from where they seem to.',
  ),
  io_uring: yesOrNo(
    true,
    'Whether what many are sent at once leaves with one system call (io_uring), where the system can do that.',
  ),
  tls: {
    cert: described(z.string().default(''), {
      doc: 'The file with the certificate (and its chain), in PEM. Without one the server makes a self-signed one.',
      allowed: 'a path',
    }),
    key: described(z.string().default(''), {
      doc: "The file with the certificate's private key, in PEM.",
      allowed: 'a path',
    }),
    sts_seconds: whole(
      0,
      { min: 0, max: 31536000, unit: 'seconds' },
      'For how long IRC clients are to come back with TLS only (STS); 0 for never. Needs a certificate of your own.',
    ),
    sts_port: whole(6697, { min: 1, max: 65535 }, 'The port that such clients come to, with TLS.'),
  },
  irc: {
    gateways: described(z.array(z.string().refine(isGateway)).default([]), {
      doc: 'Gateways that say where their users come from (WEBIRC): an address or network and a password for each.',
      allowed: 'a list of "ADDRESS PASSWORD", the password at least 8 characters',
    }),
    denied_client_tags: described(
      z
        .array(z.string().regex(/^(?:\*|-?[A-Za-z0-9./-]{1,60})$/))
        .max(10)
        .default([]),
      {
        doc: 'Client tags that are not passed on (CLIENTTAGDENY), such as "typing"; "*" is all but those with a "-".',
        allowed: 'a list of at most 10 names of tags without their "+", or *',
      },
    ),
    network: described(
      z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,62}$/)
        .default('Partyline'),
      {
        doc: 'What the network is called, to IRC clients.',
        allowed: 'letters, digits, dots and dashes, at most 63',
      },
    ),
    description: described(z.string().min(1).max(100).default('A Partyline server'), {
      doc: 'What IRC clients are told of the server, in a line.',
      allowed: 'a text of at most 100 characters',
    }),
    password: described(z.string().default(''), {
      doc: 'What an IRC client must send with PASS to get in; nothing if it is empty.',
      allowed: 'a text',
    }),
    invisible: yesOrNo(
      false,
      'Whether IRC clients begin with +i: to those who share no room with them, WHO and WHOIS tell less of them.',
    ),
    motd: described(z.array(z.string().max(400)).default([]), {
      doc: 'The message of the day, a text for each line.',
      allowed: 'a list of texts of at most 400 characters',
    }),
    operators: described(z.array(z.string().regex(/^[^\s:]+:\S{8,}$/)).default([]), {
      doc: 'Operators of the server: a name and a password for each, for OPER.',
      allowed: 'a list of NAME:PASSWORD, the password at least 8 characters',
    }),
    registration_ms: whole(
      60000,
      { min: 1000, max: 600000, unit: 'milliseconds' },
      'How long an IRC client may take to say who it is.',
    ),
    multiline_ms: whole(
      30000,
      { min: 100, max: 600000, unit: 'milliseconds' },
      'How long an IRC client may take to send a message of several lines.',
    ),
    ping_ms: whole(
      90000,
      { min: 100, max: 3600000, unit: 'milliseconds' },
      'After this long without a word an IRC client is asked for a sign of life.',
    ),
    timeout_ms: whole(
      150000,
      { min: 200, max: 3600000, unit: 'milliseconds' },
      'After this long without a word an IRC client is taken to be gone.',
    ),
    user_chars: whole(20, { min: 2, max: 64, unit: 'characters' }, 'The longest user name.'),
    real_name_bytes: whole(150, { min: 1, max: 400, unit: 'bytes' }, 'The longest real name.'),
  },
  accounts: {
    registration: choice(
      'open',
      ['open', 'connected', 'closed'],
      'Who may make accounts: anybody; on IRC only those who have come in; or nobody but operators.',
    ),
    email_required: yesOrNo(
      false,
      'Whether whoever makes an account gives an address of e-mail. It is for operators to see; nothing is sent.',
    ),
    always_on: yesOrNo(
      false,
      'Whether those with an account stay in their rooms when their last device goes, unless they chose otherwise.',
    ),
    always_on_days: whole(
      90,
      { min: 0, max: 36500, unit: 'days' },
      'How long somebody who is always on stays when none of their devices comes back; 0 for ever.',
    ),
  },
  history: {
    enabled: yesOrNo(true, 'Whether what is said is kept. Accounts are kept all the same.'),
    sync: choice(
      'process',
      ['process', 'disk'],
      'What survives: "process" is the death of the server (SIGKILL), "disk" a power cut as well, at the cost of speed.',
    ),
    max_days: whole(
      0,
      { min: 0, max: 36500, unit: 'days' },
      'What is older is deleted, for good; 0 keeps it for ever. The founder of a room may have it keep less.',
    ),
    max_messages_per_room: whole(
      0,
      { min: 0, max: 1000000000, unit: 'messages' },
      'Of a room, what is more than this is deleted, the oldest first; 0 keeps any number. The same goes for its founder.',
    ),
    replay_lines: whole(
      20,
      { min: 0, max: 1000, unit: 'messages' },
      'What was said last is sent to IRC clients that come into a room and cannot ask for history; 0 for nothing.',
    ),
    missed_lines: whole(
      500,
      { min: 0, max: 10000, unit: 'messages' },
      'What somebody with an account missed is sent to their IRC client when it comes back and cannot ask for history: at most so much of each room and talk; 0 for nothing.',
    ),
    page: whole(1000, { min: 1, max: 10000, unit: 'messages' }, 'How much of history one request is answered with.'),
  },
  limits: {
    enabled: yesOrNo(
      true,
      'Whether flood control and per-address limits are on. Without them it listens on loopback only.',
    ),
    redact_hours: whole(
      0,
      { min: 0, max: 87600, unit: 'hours' },
      'How long somebody may take back what they said; 0 for as long as it is kept. Operators may at any time.',
    ),
    line_bytes: whole(4096, { min: 64, max: 65536, unit: 'bytes' }, 'The longest line a plain client may send.'),
    multiline_bytes: whole(
      4096,
      { min: 512, max: 65536, unit: 'bytes' },
      'The longest message of several lines that an IRC client may send.',
    ),
    multiline_lines: whole(100, { min: 2, max: 1000 }, 'Lines that such a message may have.'),
    nick_chars: whole(32, { min: 1, max: 64, unit: 'characters' }, 'The longest nickname.'),
    room_name_chars: whole(64, { min: 2, max: 200, unit: 'characters' }, "The longest room name, with its '#'."),
    topic_bytes: whole(390, { min: 1, max: 4096, unit: 'bytes' }, 'The longest topic.'),
    away_bytes: whole(200, { min: 1, max: 4096, unit: 'bytes' }, 'The longest reason for being away.'),
    reason_bytes: whole(
      300,
      { min: 1, max: 4096, unit: 'bytes' },
      'The longest reason for leaving, or for kicking somebody.',
    ),
    list_entries: whole(100, { min: 1, max: 10000 }, 'Entries that each list of a room may have, such as its bans.'),
    renamed_room_members: whole(1000, { min: 1, max: 100000 }, 'Members of a room that can be given another name.'),
    watched_nicks: whole(100, { min: 1, max: 10000 }, 'Nicks that one session may watch.'),
    metadata_keys: whole(
      20,
      { min: 0, max: 1000 },
      'What may be said about a person or a room, to programs (METADATA).',
    ),
    metadata_value_bytes: whole(300, { min: 1, max: 350, unit: 'bytes' }, 'The longest of such things.'),
    metadata_subscriptions: whole(50, { min: 1, max: 1000 }, 'Kinds of such things that one session may be told of.'),
    targets: whole(4, { min: 1, max: 100 }, 'Rooms and people that one message may go to.'),
    devices_per_session: whole(16, { min: 1, max: 1000 }, 'Connections that somebody may be here with at once.'),
    rooms_per_session: whole(100, { min: 1, max: 10000 }, 'Rooms that one session may be in.'),
    rooms_per_account: whole(20, { min: 0, max: 10000 }, 'Rooms that may belong to one account.'),
    rooms: whole(10000, { min: 1, max: 1000000 }, 'Rooms that there may be.'),
    sessions: whole(20000, { min: 1, max: 1000000 }, 'Sessions that may be connected.'),
    sessions_per_address: whole(
      32,
      { min: 1, max: 1000000 },
      'Connections that one address may have; IPv6 counts by /64.',
    ),
    connections_per_minute: whole(32, { min: 1, max: 1000000 }, 'Connections that one address may open in a minute.'),
    exempt_addresses: networks(['127.0.0.0/8', '::1/128'], 'Networks whose connections are not counted by address.'),
    password_chars: whole(
      8,
      { min: 1, max: 64, unit: 'characters' },
      'The shortest password that an account may have.',
    ),
    guesses_per_minute: whole(
      3,
      { min: 1, max: 1000 },
      'Wrong passwords that are taken in a minute, for one account and from one address.',
    ),
    new_accounts: whole(30, { min: 1, max: 1000000 }, 'Accounts that may be made in ten minutes, by all together.'),
    command_burst: whole(5, { min: 1, max: 10000 }, 'Messages and commands that one session may send at once.'),
    commands_per_second: described(z.number().min(0.01).max(100000).default(2), {
      doc: 'Messages and commands that one session may send in the long run, each second.',
      allowed: 'a number from 0.01 to 100000',
    }),
    arrival_commands: whole(
      200,
      { min: 0, max: 100000 },
      'Commands that an IRC client may send beyond that, once, as it enters its channels and asks about each.',
    ),
    unhurried_addresses: networks([], 'Networks whose sessions may send as fast as they like.'),
    unhurried_operators: yesOrNo(true, 'Whether operators of the server may send as fast as they like.'),
    output_queue_bytes: whole(
      1048576,
      { min: 4096, max: 1073741824, unit: 'bytes' },
      'What may wait for a client that does not read; then messages are skipped, and it is told how many.',
    ),
    lines_per_turn: whole(
      64,
      { min: 1, max: 100000 },
      'Lines taken from one session before the others have their turn.',
    ),
    detection_ms: whole(
      500,
      { min: 1, max: 60000, unit: 'milliseconds' },
      'How long a new connection may be silent before it is taken to be plain.',
    ),
  },
  plain: {
    silence_ms: whole(
      100,
      { min: 1, max: 60000, unit: 'milliseconds' },
      'The silence that ends a message of a client that sends no newlines.',
    ),
    first_byte_ms: whole(
      3000,
      { min: 1, max: 60000, unit: 'milliseconds' },
      'How long a lone first byte waits for more.',
    ),
    typing_ms: whole(
      10000,
      { min: 1, max: 600000, unit: 'milliseconds' },
      'How long keys sent one at a time wait for Enter, before the client has ever sent a newline.',
    ),
  },
  log: {
    level: choice('info', ['debug', 'info', 'warn', 'error', 'silent'], 'The least important thing that is logged.'),
    format: choice('auto', ['auto', 'pretty', 'json'], 'How it is logged; auto is pretty on a terminal.'),
    messages: choice(
      'terminal',
      ['terminal', 'always', 'never'],
      'When what is said in rooms is logged. Private messages never are.',
    ),
  },
  shutdown: {
    grace_ms: whole(
      3000,
      { min: 0, max: 4500, unit: 'milliseconds' },
      'How long a stop waits for clients to take what is left.',
    ),
  },
};

type Value<Type> = Type extends z.ZodType ? z.output<Type> : { readonly [Name in keyof Type]: Value<Type[Name]> };
export type Settings = Value<typeof schema>;

/** One setting, as the rest of this layer sees it. */
export interface Setting {
  /** Such as `limits.line_bytes`. */
  readonly name: string;
  readonly type: z.ZodType;
  readonly preset: unknown;
  readonly doc: string;
  readonly allowed: string;
}

function collect(part: object, prefix: string): Setting[] {
  return Object.entries(part).flatMap(([key, value]: [string, object]) => {
    if (!(value instanceof z.ZodType)) return collect(value, `${prefix}${key}.`);
    const words = about.get(value);
    if (words === undefined) throw new TypeError(`the setting ${prefix}${key} has no description`);
    return [{ name: prefix + key, type: value, preset: value.parse(undefined), ...words }];
  });
}

/** Every setting, in the order in which they are shown. */
export const settingList: readonly Setting[] = collect(schema, '');

/** Puts values, by their names, into the shape that the code uses. There must be one for every setting. */
export function assemble(values: ReadonlyMap<string, unknown>): Settings {
  const whole: Record<string, unknown> = {};
  for (const { name } of settingList) {
    const path = name.split('.');
    const last = path.pop() ?? name;
    let place = whole;
    for (const key of path) place = (place[key] ??= {}) as Record<string, unknown>;
    place[last] = values.get(name);
  }
  return whole as Settings;
}

export function defaultSettings(): Settings {
  return assemble(new Map(settingList.map(({ name, preset }) => [name, preset])));
}
