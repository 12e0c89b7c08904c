import { MAX_METADATA_KEY_CHARS } from '../../domain/metadata.ts';
import type { IrcOptions } from './options.ts';
import { MECHANISMS } from './sasl/mechanisms.ts';

type Value = string | ((options: IrcOptions) => string) | undefined;

function metadataLimits({ limits }: IrcOptions): string {
  const { metadataSubscriptions: subs, metadataKeys: keys, metadataValueBytes: bytes } = limits;
  return `before-connect,max-subs=${subs},max-keys=${keys},max-value-bytes=${bytes}`;
}

/** Capabilities that a client may ask for, with the value that is shown to clients of CAP 302 where there is one. */
export const CAPABILITIES: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['account-notify', undefined],
  ['account-tag', undefined],
  ['away-notify', undefined],
  ['batch', undefined],
  ['cap-notify', undefined],
  ['chghost', undefined],
  [
    'draft/account-registration',
    ({ registersEarly, needsEmail, newPassword }) =>
      [
        ...(registersEarly ? ['before-connect'] : []),
        'custom-account-name',
        ...(needsEmail ? ['email-required'] : []),
        `max-password-length=${newPassword.maxBytes}`,
        // In bytes, of which no character has less than one.
        `min-password-length=${newPassword.minChars}`,
      ].join(','),
  ],
  ['draft/channel-rename', undefined],
  ['draft/chathistory', undefined],
  ['draft/event-playback', undefined],
  ['draft/extended-isupport', undefined],
  ['draft/message-redaction', undefined],
  ['draft/metadata-2', metadataLimits],
  ['draft/metadata-3', (options) => `${metadataLimits(options)},max-key-bytes=${MAX_METADATA_KEY_CHARS}`],
  ['draft/multiline', ({ multiline }) => `max-bytes=${multiline.maxBytes},max-lines=${multiline.maxLines}`],
  ['draft/no-implicit-names', undefined],
  ['draft/persistence', undefined],
  ['draft/pre-away', undefined],
  ['draft/read-marker', undefined],
  ['echo-message', undefined],
  ['extended-join', undefined],
  ['extended-monitor', undefined],
  ['invite-notify', undefined],
  ['labeled-response', undefined],
  ['message-tags', undefined],
  ['multi-prefix', undefined],
  ['no-implicit-names', undefined],
  ['sasl', MECHANISMS.map(({ name }) => name).join(',')],
  ['server-time', undefined],
  ['setname', undefined],
  ['soju.im/search', undefined],
  ['standard-replies', undefined],
  ['userhost-in-names', undefined],
  ['znc.in/playback', undefined],
  // What somebody's other devices say, they are told as themselves saying it, as bouncers do, whether they ask or not.
  ['znc.in/self-message', undefined],
]);

/** A capability as it is offered to clients of CAP 302. */
export function withValue(name: string, value: Value, options: IrcOptions): string {
  const text = typeof value === 'function' ? value(options) : value;
  return text === undefined ? name : `${name}=${text}`;
}

/** Those that change how an event is written, and so which clients can share its bytes. */
const RENDERING_CAPABILITIES = [
  'account-notify',
  'account-tag',
  'away-notify',
  'chghost',
  'draft/channel-rename',
  'draft/message-redaction',
  'draft/multiline',
  'draft/read-marker',
  'extended-join',
  'invite-notify',
  'message-tags',
  'server-time',
  'setname',
] as const;

export type RenderingCapability = (typeof RENDERING_CAPABILITIES)[number];

/** The part of a client's capabilities that its rendering depends on. */
export function renderingCapabilities(capabilities: ReadonlySet<string>): RenderingCapability[] {
  // IRCv3 multiline: "depends on the batch capability".
  const isHeeded = (name: string): boolean => name !== 'draft/multiline' || capabilities.has('batch');
  return RENDERING_CAPABILITIES.filter((name) => capabilities.has(name) && isHeeded(name));
}
