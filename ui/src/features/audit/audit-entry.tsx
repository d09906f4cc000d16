import { Time } from '@/components/time';
import { plural } from '@/lib/format';
import type { AuditRow } from '@/lib/types';
import { Thing } from './thing';
import { counted, noun, side, verb } from './words';

/** What is said beside a name; a member's needs nothing. */
const how = { root: 'root key', key: 'API key', session: '', system: 'by itself' };

/** One sentence: who did what to what; the difference below it, when asked. */
export function AuditEntry({ row }: { row: AuditRow }) {
  const counts = counted(row.counts);
  const isSession = row.what === 'session';
  const total = row.changes.length + row.more;
  return (
    <div className="flex flex-col gap-1 px-4 py-2.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
        <p className="min-w-0">
          <span className="font-medium">{row.by.name}</span>
          {how[row.by.via] && <span className="text-ink-mute"> ({how[row.by.via]})</span>} {verb(row.action)}{' '}
          {!isSession && <span className="text-ink-soft">{noun(row.what)}</span>} <Thing row={row} />
          {counts && <span className="text-ink-soft">: {counts}</span>}
        </p>
        <p className="text-xs text-ink-mute">
          {row.address && <span className="mr-2 font-mono">{row.address}</span>}
          <Time at={row.at} />
        </p>
      </div>
      {total > 0 && (
        <details className="text-xs">
          <summary className="cursor-pointer text-ink-soft hover:text-ink">
            {plural(total, 'field')}
            <span className="sr-only"> of {row.name ?? row.what}</span>
          </summary>
          <dl className="mt-1.5 flex flex-col gap-1.5 border-l border-line pl-3">
            {row.changes.map((change) => (
              <div key={change.path}>
                <dt className="font-mono text-ink-mute break-all">{change.path}</dt>
                {(change.before !== null || change.after !== null) && (
                  <dd className="font-mono break-all">
                    <span className="text-bad">
                      <span className="sr-only">before </span>
                      {side(change.before)}
                    </span>{' '}
                    <span aria-hidden="true">→</span>{' '}
                    <span className="text-ok">
                      <span className="sr-only">after </span>
                      {side(change.after)}
                    </span>
                  </dd>
                )}
              </div>
            ))}
            {row.more > 0 && <p className="text-ink-mute">and {plural(row.more, 'more field')}</p>}
          </dl>
        </details>
      )}
    </div>
  );
}
