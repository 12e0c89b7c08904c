/** The SQL for the sequence number, as `last`, that the first so many rows of a table end with; null when there are none. */
export function pageEnd(table: 'messages' | 'happenings', where: string, rows: number): string {
  return `SELECT max(sequence) AS last FROM (SELECT sequence FROM ${table} WHERE ${where} ORDER BY sequence LIMIT ${rows})`;
}
