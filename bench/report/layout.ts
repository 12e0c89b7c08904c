interface Column {
  readonly title: string;
  /** Numbers stand at the right of their column, words at the left. */
  readonly align: 'left' | 'right';
}

const GAP = '  ';

/** Lays rows out in columns as wide as their widest cell, under a line of titles. Ends with a line end. */
export function layOut(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, i) => {
        const [cell = '', width = 0] = [cells[i], widths[i]];
        return align === 'left' ? cell.padEnd(width) : cell.padStart(width);
      })
      .join(GAP)
      .trimEnd();
  return [columns.map(({ title }) => title), ...rows].map((cells) => `${line(cells)}\n`).join('');
}
