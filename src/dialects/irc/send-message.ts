import { say } from '../../domain/actions/say.ts';
import { tell } from '../../domain/actions/tell.ts';
import type { Annotations } from '../../domain/event.ts';
import type { Role } from '../../domain/role.ts';
import type { RoomName } from '../../domain/room-name.ts';
import { NO_ANNOTATIONS } from '../../domain/speech.ts';
import { isClientTag, type Tags } from '../../protocol/irc/tags.ts';
import { roleOfPrefix } from './modes.ts';
import { middle } from './refusal-numerics.ts';
import { readMessage } from './rendering.ts';
import type { IrcSession } from './session.ts';

/** Client tags that are passed on; all others are dropped, as CLIENTTAGDENY says. */
const RELAYED = new Set([
  '+typing',
  '+reply',
  '+draft/reply',
  '+draft/react',
  '+draft/unreact',
  '+draft/channel-context',
]);

/** The tags of a client's message that are passed on to others. */
export function relayedTags(tags: Tags): Annotations {
  if (tags.size === 0) return NO_ANNOTATIONS;
  return new Map([...tags].filter(([name]) => isClientTag(name) && RELAYED.has(name)));
}

export type MessageTarget =
  | { readonly kind: 'person'; readonly name: string }
  | { readonly kind: 'room'; readonly room: RoomName; readonly atLeast: Role | undefined };

/** Reads the targets of a message; those that are none, and those over the limit, are told of. */
export function readTargets(irc: IrcSession, text: string): MessageTarget[] {
  if (!text.includes(',')) return readTarget(irc, text);
  const { targets: max } = irc.options.limits;
  const names = [...new Set(text.split(',').filter((name) => name !== ''))];
  const [extra] = names.slice(max);
  if (extra !== undefined) irc.numeric('ERR_TOOMANYTARGETS', middle(extra), `Too many targets (at most ${max})`);
  return names.slice(0, max).flatMap((name) => readTarget(irc, name));
}

function readTarget(irc: IrcSession, name: string): MessageTarget[] {
  const atLeast = name[1] === '#' ? roleOfPrefix(name[0] ?? '') : undefined;
  const roomText = atLeast === undefined ? name : name.slice(1);
  if (!roomText.startsWith('#')) return [{ kind: 'person', name }];
  const room = irc.parseRoom(roomText);
  return room === undefined ? [] : [{ kind: 'room', room: room.key, atLeast }];
}

/** PRIVMSG and NOTICE to every target. */
export function sendMessage(
  irc: IrcSession,
  command: 'PRIVMSG' | 'NOTICE',
  targets: string,
  text: string,
  tags: Tags,
): void {
  const { manner, text: content } = readMessage(command, text);
  const annotations = relayedTags(tags);
  for (const target of readTargets(irc, targets)) {
    if (target.kind === 'person') irc.act(tell, { to: target.name, manner, text: content, annotations });
    else irc.act(say, { room: target.room, manner, text: content, annotations, atLeast: target.atLeast });
  }
}
