/** The three parts of `nick!user@host`; those that are missing are undefined. */
export interface UserHost {
  readonly nick: string;
  readonly user: string | undefined;
  readonly host: string | undefined;
}

/** Splits a source: the user begins at the first `!`, the host at the first `@` behind it. */
export function parseUserHost(source: string): UserHost {
  const at = source.indexOf('@', Math.max(0, source.indexOf('!')));
  const host = at === -1 ? undefined : source.slice(at + 1);
  const before = at === -1 ? source : source.slice(0, at);
  const bang = before.indexOf('!');
  return {
    nick: bang === -1 ? before : before.slice(0, bang),
    user: bang === -1 ? undefined : before.slice(bang + 1),
    host,
  };
}

/** Completes a mask as people type it: `alan` means `alan!*@*`, `*@host` means `*!*@host`. */
export function completeMask(text: string): string {
  const hasBang = text.includes('!');
  const hasAt = text.includes('@');
  if (hasBang && hasAt) return text;
  if (hasBang) return `${text}@*`;
  if (hasAt) return `*!${text}`;
  return text.includes('.') || text.includes(':') ? `*!*@${text}` : `${text}!*@*`;
}

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
    } else if (wanted === '\\' && at + 1 < pattern.length && pattern[at + 1] === subject[position]) {
      at += 2;
      position++;
    } else if (wanted !== undefined && wanted !== '\\' && (wanted === '?' || wanted === subject[position])) {
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
