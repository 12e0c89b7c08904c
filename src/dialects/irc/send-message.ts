import { say } from '../../domain/actions/say.ts';
import { tell } from '../../domain/actions/tell.ts';
import type { Annotations } from '../../domain/event.ts';
import { fullName } from '../../domain/mask.ts';
import type { Role } from '../../domain/role.ts';
import type { RoomName } from '../../domain/room-name.ts';
import { NO_ANNOTATIONS } from '../../domain/speech.ts';
import { isOverBytes } from '../../domain/text.ts';
import { isClientTag, type Tags } from '../../protocol/irc/tags.ts';
import { quotedBy } from './find-message.ts';
import { body, MAX_BODY_BYTES } from './line.ts';
import { roleOfPrefix } from './modes.ts';
import { middle } from './refusal-numerics.ts';
import { readMessage } from './rendering.ts';
import { findService } from './services/service-table.ts';
import { ServiceTalk, withoutPassword, type Service } from './services/service.ts';
import type { IrcSession } from './session.ts';

/** The tags of a client's message that are passed on to others: its own, but for those of CLIENTTAGDENY. */
export function relayedTags(irc: IrcSession, tags: Tags): Annotations {
  if (tags.size === 0) return NO_ANNOTATIONS;
  const { deniedClientTags: denied } = irc.options;
  const isDenied = (name: string): boolean => denied.has(name) || (denied.has('*') && !denied.has(`-${name}`));
  return new Map([...tags].filter(([name]) => isClientTag(name) && !isDenied(name.slice(1))));
}

export type MessageTarget =
  | { readonly kind: 'person'; readonly name: string }
  | { readonly kind: 'service'; readonly service: Service }
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
  if (!roomText.startsWith('#')) {
    const service = findService(name);
    return [service === undefined ? { kind: 'person', name } : { kind: 'service', service }];
  }
  const room = irc.parseRoom(roomText);
  return room === undefined ? [] : [{ kind: 'room', room: room.key, atLeast }];
}

/**
 * PRIVMSG and NOTICE to every target. Clients cut long messages themselves, at the length of their own full name, so that
 * one which does not fit is refused whole: cutting it would lose its end, and sending it as two would show others
 * something else than the author sees.
 */
export function sendMessage(
  irc: IrcSession,
  command: 'PRIVMSG' | 'NOTICE',
  targets: string,
  text: string,
  tags: Tags,
): void {
  const isFitting = targets.includes(',')
    ? targets.split(',').every((target) => fits(irc, command, target, text))
    : fits(irc, command, targets, text);
  if (!isFitting) {
    return irc.numeric('ERR_INPUTTOOLONG', 'Message is too long to be passed on whole');
  }
  return sendText(irc, command, targets, { text, annotations: relayedTags(irc, tags) });
}

/** The text of a message, and what goes with it. */
interface MessageContent {
  readonly text: string;
  readonly annotations: Annotations;
  readonly cuts?: readonly number[];
}

/** Says a text of any length to every target. */
export function sendText(
  irc: IrcSession,
  command: 'PRIVMSG' | 'NOTICE',
  targets: string,
  { text, annotations, cuts }: MessageContent,
): void {
  const send = (): void => {
    const { manner, text: words } = readMessage(command, text);
    for (const target of readTargets(irc, targets)) {
      if (target.kind === 'service') {
        askService(irc, target.service, command, text);
        continue;
      }
      const about = quotedBy(irc, target, annotations);
      const message = { manner, text: words, annotations, cuts, about };
      if (target.kind === 'person') irc.act(tell, { ...message, to: target.name });
      else irc.act(say, { ...message, room: target.room, atLeast: target.atLeast });
    }
  };
  return command === 'NOTICE' ? irc.quietly(send) : send();
}

/** A service is asked by PRIVMSG; a NOTICE to it asks for nothing. */
function askService(irc: IrcSession, service: Service, command: 'PRIVMSG' | 'NOTICE', text: string): void {
  const { me } = irc;
  if (me !== undefined && irc.has('echo-message')) {
    irc.line({ tags: [], body: body(fullName(me.persona), command, service.name, withoutPassword(service, text)) });
  }
  if (command === 'PRIVMSG' && !text.startsWith('\u0001')) new ServiceTalk(irc, service).run(text);
}

/** Whether what a client sends is still a message with its full name in front of it. */
function fits({ me }: IrcSession, command: string, target: string, text: string): boolean {
  const source = me === undefined ? '' : fullName(me.persona);
  return !isOverBytes(`:${source} ${command} ${target} :${text}`, MAX_BODY_BYTES);
}
