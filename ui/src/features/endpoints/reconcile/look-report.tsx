import { Link } from '@tanstack/react-router';
import { Notice } from '@/components/notice';
import { Time } from '@/components/time';
import type { ReconcileReport } from '@/lib/types';
import { found } from './found';

/** What a look has found, call by call where something was missing. */
export function LookReport({ report }: { report: ReconcileReport }) {
  const { dry_run: dry, backfilled, refused } = report;
  return (
    <section aria-label="What was found" aria-live="polite" className="flex flex-col gap-3">
      {report.error ? (
        <Notice tone="bad" title="The platform did not answer as it should">
          <span className="break-words">{report.error}</span>
        </Notice>
      ) : (
        backfilled.length === 0 && refused.length === 0 && <Notice tone="ok" title="Nothing is missing" />
      )}
      <p className="text-ink-soft">
        From <Time at={report.from} /> to <Time at={report.to} />
        {(!report.error || report.found.listed > 0) && `: ${found(report.found, dry)}`}.
        {report.more && (dry ? ' There are more than were looked at.' : ' The rest is looked at by itself.')}
      </p>
      {backfilled.length > 0 && (
        <div>
          <h3 className="font-medium">{dry ? 'Would be back-filled' : 'Back-filled'}</h3>
          <ul className="mt-1 flex max-h-48 flex-col gap-1 overflow-auto font-mono text-xs">
            {backfilled.map(({ provider_call_id: id, call_id: ours }) => (
              <li key={id} className="break-all">
                {ours ? (
                  <Link to="/calls/$callId" params={{ callId: ours }} className="text-accent hover:underline">
                    {id}
                  </Link>
                ) : (
                  id
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      {refused.length > 0 && (
        <div>
          <h3 className="font-medium">Refused</h3>
          <ul className="mt-1 flex max-h-48 flex-col gap-1.5 overflow-auto text-xs">
            {refused.map(({ provider_call_id: id, reason }) => (
              <li key={id} className="break-words">
                <span className="font-mono break-all">{id}</span>
                <span className="block text-bad">{reason}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
