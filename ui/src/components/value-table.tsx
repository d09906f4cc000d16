import { useMemo } from 'react';
import { tableOf } from './value-parts';

/** A value as rows: of a list each item, of an object each member. */
export function ValueTable({ value, label }: { value: unknown; label: string }) {
  const { columns, rows, more } = useMemo(() => tableOf(value), [value]);
  if (rows.length === 0) return <p className="text-xs text-ink-mute">It is empty.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section tabIndex={0} aria-label={label} className="max-h-[28rem] overflow-auto">
      <table className="w-full border-collapse text-left text-xs">
        <thead>
          <tr className="border-b border-line text-ink-mute">
            {columns.map((name) => (
              <th key={name} scope="col" className="px-2 py-1 font-medium whitespace-nowrap">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, j) => (
                <td key={j} className="max-w-64 px-2 py-1 align-top font-mono break-words">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className="px-2 py-1 text-xs text-ink-mute">… and {more} more: see JSON</p>}
    </section>
  );
}
