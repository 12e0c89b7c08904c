/** A stream cut into chunks at the given places, in any order; places outside of it do not count. */
export function cutAt(stream: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...new Set(places)].filter((place) => place > 0 && place < stream.length).toSorted((a, b) => a - b);
  return [...ends, stream.length].map((end, index) => stream.subarray(ends[index - 1] ?? 0, end));
}
