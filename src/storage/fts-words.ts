import { nickKey } from '../domain/nick.ts';

// Words that stand for a conversation, a person of it, and an author: of letters and digits alone, as the index needs.

export function placeWord(conversation: number): string {
  return `c${conversation}`;
}

export function personWord(identity: string): string {
  return `i${Buffer.from(identity).toString('hex')}`;
}

export function authorWord(name: string): string {
  return `n${Buffer.from(nickKey(name)).toString('hex')}`;
}
