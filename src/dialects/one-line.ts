/** A text of several lines where there is room for one. */
export function oneLine(text: string): string {
  if (!text.includes('\n')) return text;
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.join(' / ');
}
