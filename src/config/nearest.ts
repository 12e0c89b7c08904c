/** Of some names the one that was probably meant: at most a third of its letters away, or the same behind its last dot. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const scored = names
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .toSorted((a, b) => a.distance - b.distance);
  const [best] = scored;
  if (best !== undefined && best.distance <= Math.ceil(best.candidate.length / 3)) return best.candidate;
  const leaf = (text: string): string => text.slice(text.lastIndexOf('.') + 1);
  return names.find((candidate) => leaf(candidate) === leaf(name));
}

/** Letters to insert, delete or change to make one text the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
