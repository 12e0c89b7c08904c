/** What somebody typed: something to say, or a command. */
export type Typed =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'command'; readonly name: string; readonly rest: string };

/** `/name rest` is a command; `//text` says `/text`; everything else is said as it is. */
export function parseTyped(line: string): Typed {
  if (!line.startsWith('/')) return { kind: 'text', text: line };
  if (line.startsWith('//')) return { kind: 'text', text: line.slice(1) };
  const end = line.search(/\s|$/);
  return { kind: 'command', name: line.slice(1, end).toLowerCase(), rest: line.slice(end).trim() };
}

/** Splits a command's rest into at most `words` words and, behind them, one text. */
export function splitArguments(rest: string, words: number): string[] {
  const args: string[] = [];
  let text = rest;
  while (args.length < words && text !== '') {
    const end = text.search(/\s|$/);
    args.push(text.slice(0, end));
    text = text.slice(end).trimStart();
  }
  if (text !== '') args.push(text);
  return args;
}
