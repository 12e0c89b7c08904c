/** Words with a separator between them, as many to a line as fit in so many bytes. A longer word has a line of its own. */
export function packLines(words: readonly string[], separator: string, maxBytes: number): string[] {
  const lines: string[] = [];
  let bytes = 0;
  for (const word of words) {
    const size = Buffer.byteLength(word);
    if (lines.length > 0 && bytes + separator.length + size <= maxBytes) {
      lines[lines.length - 1] += separator + word;
      bytes += separator.length + size;
    } else {
      lines.push(word);
      bytes = size;
    }
  }
  return lines;
}
