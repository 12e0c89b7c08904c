import type { Persona } from './session.ts';

/**
 * Whether a mask with `*` (any number of characters) and `?` (one) matches a text, without regard to case. A backslash
 * makes the next character mean itself. Takes time in the product of the lengths at most, whatever the mask.
 */
export function matchesMask(mask: string, text: string): boolean {
  const [pattern, subject] = [mask.toLowerCase(), text.toLowerCase()];
  let at = 0;
  let position = 0;
  let star = -1;
  let starPosition = 0;
  while (position < subject.length) {
    const wanted = pattern[at];
    if (wanted === '*') {
      star = at++;
      starPosition = position;
    } else if (wanted === '\\' && pattern[at + 1] === subject[position]) {
      at += 2;
      position++;
    } else if (wanted !== undefined && (wanted === '?' || (wanted !== '\\' && wanted === subject[position]))) {
      at++;
      position++;
    } else if (star !== -1) {
      at = star + 1;
      position = ++starPosition;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

/** `nick!user@host`, which masks are held against. */
export function fullName(persona: Persona): string {
  return `${persona.name}!${persona.user}@${persona.host}`;
}

/** Completes a mask as people type it: `alan` means `alan!*@*`, `*@host` means `*!*@host`, `a.host` means `*!*@a.host`. */
export function completeMask(text: string): string {
  const [hasBang, hasAt] = [text.includes('!'), text.includes('@')];
  if (hasBang && hasAt) return text;
  if (hasBang) return `${text}@*`;
  if (hasAt) return `*!${text}`;
  return text.includes('.') || text.includes(':') ? `*!*@${text}` : `${text}!*@*`;
}

/** What a ban keeps somebody from: being there and speaking, or speaking only. */
export type BanReach = 'all' | 'speech';

/** A ban as it is kept: `m:` mutes only, `a:` goes by account (EXTBAN, ACCOUNTEXTBAN); they may be put together. */
export function normalizeBan(text: string): string {
  if (text.startsWith('m:')) return `m:${normalizeBan(text.slice(2))}`;
  return text.startsWith('a:') ? text : completeMask(text);
}

/** Whether a ban, or an exception to one, is about somebody, and how far it reaches. */
export function banReach(ban: string, persona: Persona): BanReach | undefined {
  if (ban.startsWith('m:')) return banReach(ban.slice(2), persona) === undefined ? undefined : 'speech';
  if (ban.startsWith('a:')) {
    return persona.account !== undefined && matchesMask(ban.slice(2), persona.account) ? 'all' : undefined;
  }
  return matchesMask(ban, fullName(persona)) ? 'all' : undefined;
}
