/** The members of an object as rows that are being typed: a row without a name yet is kept here and not in the object. */
import { useRef, useState } from 'react';
import { type Json, type JsonObject, objectOf } from '@/features/flow-editor/model/json';

export type Row = { key: number; name: string; value: Json };

let next = 0;
function rowOf(name: string, value: Json): Row {
  next += 1;
  return { key: next, name, value };
}

/** Where there is nothing yet, there is a row to begin with. */
function rowsOf(value: JsonObject): Row[] {
  const rows = Object.entries(value).map(([name, each]) => rowOf(name, each));
  return rows.length > 0 ? rows : [rowOf('', '')];
}

/** Of two rows with one name the first counts. */
const objectFrom = (rows: Row[]): JsonObject =>
  Object.fromEntries(
    rows
      .filter((row) => row.name !== '')
      .reverse()
      .map((row) => [row.name, row.value])
      .reverse(),
  );

export function useRows(value: Json | undefined, onChange: (value: JsonObject | undefined) => void) {
  const [rows, setRows] = useState(() => rowsOf(objectOf(value)));
  const told = useRef(value);
  // What came from elsewhere, undo for one, replaces the rows; what came from here does not.
  if (value !== told.current) {
    const same = JSON.stringify(objectFrom(rows)) === JSON.stringify(objectOf(value));
    told.current = value;
    if (!same) setRows(rowsOf(objectOf(value)));
  }
  const tell = (rows: Row[]) => {
    setRows(rows);
    const object = objectFrom(rows);
    onChange(rows.length === 0 ? undefined : object);
  };
  const change = (key: number, part: Partial<Row>) =>
    tell(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  return {
    rows,
    rename: (key: number, name: string) => change(key, { name }),
    put: (key: number, value: Json) => change(key, { value }),
    remove: (key: number) => tell(rows.filter((row) => row.key !== key)),
    add: () => setRows([...rows, rowOf('', '')]),
    isTwice: (row: Row) => row.name !== '' && rows.find((each) => each.name === row.name) !== row,
  };
}
