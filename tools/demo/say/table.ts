/** Rows as aligned text; wide characters count as two. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(...rows.map((row) => row.length), 0)
  const widths = Array.from({ length: columns }, (_, at) => Math.max(...rows.map((row) => widthOf(row[at] ?? ''))))
  return rows
    .map((row) => row.map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - widthOf(cell))).join('  '))
    .map((line) => line.trimEnd())
    .join('\n')
}

const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + (/[\u1100-\u115F\u2E80-\uFFE6]/u.test(character) ? 2 : 1), 0)
