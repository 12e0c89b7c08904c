// Sets that most people have nothing in. An empty one is shared by all of them, so that it takes no memory of theirs; one is
// changed by making another, which is cheap as long as they are small.

export const EMPTY: ReadonlySet<never> = new Set<never>();

export function including<T>(set: Iterable<T>, values: Iterable<T>): ReadonlySet<T> {
  return new Set([...set, ...values]);
}

export function excluding<T>(set: ReadonlySet<T>, values: Iterable<T>): ReadonlySet<T> {
  if (set.size === 0) return set;
  const left = new Set(set);
  for (const value of values) left.delete(value);
  return left.size === 0 ? EMPTY : left;
}

/** The set with a value in it, or without. */
export function switched<T>(set: ReadonlySet<T>, value: T, on: boolean): ReadonlySet<T> {
  return on ? including(set, [value]) : excluding(set, [value]);
}
