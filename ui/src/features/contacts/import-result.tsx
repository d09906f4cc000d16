import { useEffect, useRef } from 'react';
import { Notice } from '@/components/notice';
import { count, plural } from '@/lib/format';
import type { ContactImport } from '@/lib/server/contacts';
import { fieldName } from './import-mapping';

/** What became of a table, or would. */
export function ImportResult({ result }: { result: ContactImport }) {
  // A long table of columns stands above it.
  const place = useRef<HTMLElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), []);
  const counts: [string, number][] = [
    [result.dry_run ? 'New' : 'Created', result.created],
    [result.dry_run ? 'To be changed' : 'Changed', result.updated],
    ['Known, nothing new', result.unchanged],
    ['Known, left alone', result.skipped],
    ['Refused', result.refused],
  ];
  return (
    <section ref={place} aria-label="Result" role="status" className="flex scroll-mb-16 flex-col gap-3">
      <Notice
        tone={result.stopped ? 'bad' : result.refused > 0 ? 'wait' : 'ok'}
        title={`${result.dry_run ? 'Checked' : 'Imported'}: ${plural(result.rows, 'row')}`}
      >
        <dl className="mt-1 grid grid-cols-[minmax(0,max-content)_auto] justify-start gap-x-4">
          {counts
            .filter(([, number]) => number > 0)
            .map(([label, number]) => (
              <div key={label} className="contents">
                <dt>{label}</dt>
                <dd className="text-right tabular-nums">{count(number)}</dd>
              </div>
            ))}
        </dl>
        {result.stopped && <p className="mt-1 text-bad">The rest was not read: {result.stopped}</p>}
      </Notice>
      {result.refusals.length > 0 && (
        <div className="max-h-48 overflow-auto rounded-md border border-line">
          <table className="w-full text-xs">
            <caption className="sr-only">Refused rows</caption>
            <thead className="text-left text-ink-mute">
              <tr>
                <th className="px-3 py-1.5 font-normal">Line</th>
                <th className="px-3 py-1.5 font-normal">Why</th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {result.refusals.map((refusal) => (
                <tr key={refusal.line}>
                  <td className="px-3 py-1.5 align-top tabular-nums">{count(refusal.line)}</td>
                  <td className="px-3 py-1.5 break-words">
                    {refusal.field && <span className="font-medium">{fieldName(refusal.field)}: </span>}
                    {refusal.reason}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {result.refused > 0 && (
        <p className="text-xs text-ink-mute">
          Refused rows are left out. Mend them in the table and import it again: contacts that are known by
          then are told apart by their numbers.
        </p>
      )}
      {result.refused > result.refusals.length && (
        <p className="text-xs text-ink-mute">The first {count(result.refusals.length)} are shown.</p>
      )}
    </section>
  );
}
