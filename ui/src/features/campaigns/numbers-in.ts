/** The telephone numbers with their country that stand in a table's cells, each once. */
export function numbersIn(table: string): string[] {
  const cells = table.split(/[\r\n,;\t|]/).map((cell) => cell.replace(/["'=\s().-]/g, ''));
  return [...new Set(cells.filter((cell) => /^\+\d{4,15}$/.test(cell)))];
}
