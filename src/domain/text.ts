/** Whether a text is longer than `maxBytes` in UTF-8. Counts only when the number of characters leaves it open. */
export function isOverBytes(text: string, maxBytes: number): boolean {
  return text.length * 3 > maxBytes && Buffer.byteLength(text) > maxBytes;
}
