import type { Chat } from './chat.ts';
import type { Annotations, Audience, Manner } from './event.ts';
import type { OneRefusal, SpeechProblem } from './refusal.ts';
import { rankOf, type Role } from './role.ts';
import { hasRole, isBanned, isVisibleTo, type Room } from './room.ts';
import type { Session } from './session.ts';
import { isOverBytes } from './text.ts';

export const NO_ANNOTATIONS: Annotations = new Map();

/** What mIRC and its heirs put into a text for bold, colours and the like. */
const FORMATTING =
  /[\u0002\u000f\u0011\u0016\u001d\u001e\u001f]|\u0003(?:\d{1,2}(?:,\d{1,2})?)?|\u0004(?:[0-9a-fA-F]{6}(?:,[0-9a-fA-F]{6})?)?/g;

/** Why somebody may not speak in a room, if they may not. */
export function speechProblem(room: Room, actor: Session): SpeechProblem | undefined {
  const member = room.members.get(actor.id);
  if (member === undefined && room.flags.has('no-outside-messages')) return 'not-in-room';
  if (hasRole(room, actor.id, 'voice')) return undefined;
  if (room.flags.has('moderated')) return 'moderated';
  if (room.flags.has('registered-speak') && actor.persona.account === undefined) return 'registered-only';
  return isBanned(room, actor, 'speech') ? 'banned' : undefined;
}

/** Whom what somebody says in a room is for: everybody, unless it is for those of a role, or its operators. */
export function listeners(room: Room, actor: Session, atLeast: Role | undefined): Audience {
  const isHeld = room.flags.has('operator-moderated') && !hasRole(room, actor.id, 'voice');
  const needed =
    isHeld && (atLeast === undefined || rankOf(atLeast) < rankOf('half-operator')) ? 'half-operator' : atLeast;
  return needed === undefined ? room.everyone : { kind: 'rooms', rooms: [room.name], atLeast: needed };
}

/** The text as a room takes it, or why it does not. */
export function roomText(room: Room, manner: Manner, text: string): string | SpeechProblemText {
  const isQuery = manner === 'query' || manner === 'query-answer';
  if (isQuery && room.flags.has('no-ctcp')) return { problem: 'no-ctcp' };
  const { flags } = room;
  if (!flags.has('no-formatting') && !flags.has('strip-formatting')) return text;
  const bare = text.replace(FORMATTING, '');
  return bare !== text && flags.has('no-formatting') ? { problem: 'no-formatting' } : bare;
}

interface SpeechProblemText {
  readonly problem: SpeechProblem;
}

/** What is wrong with a text as such, if anything is. */
export function textRefusal(chat: Chat, text: string): OneRefusal | undefined {
  if (text === '') return { kind: 'no-text' };
  const { maxTextBytes } = chat.limits;
  return isOverBytes(text, maxTextBytes) ? { kind: 'text-too-long', maxBytes: maxTextBytes } : undefined;
}

/** Why somebody cannot reach a room: there is none that they know of, or they are not in it. */
export function outsideRefusal(room: Room | undefined, actor: Session, name: string): OneRefusal {
  if (room === undefined || !isVisibleTo(room, actor)) return { kind: 'no-such-room', room: room?.title ?? name };
  return { kind: 'not-in-room', room: room.title };
}
