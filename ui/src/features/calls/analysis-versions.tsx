import { Link } from '@tanstack/react-router';
import { Time } from '@/components/time';
import { amount, count } from '@/lib/format';
import type { AnalysisVersion } from '@/lib/types';
import { differences } from './differences';
import { showFound } from './show';

const makers: Record<string, string> = { model: 'A model', rules: 'Rules', flow: 'A flow' };

/** What each analysis of the call was made by and cost, and in what it says something else than the one before. */
export function AnalysisVersions({ versions }: { versions: AnalysisVersion[] }) {
  return (
    <details className="text-xs">
      <summary className="cursor-pointer rounded text-ink-soft hover:text-ink">
        {versions.length} analyses
      </summary>
      <ol className="mt-2 flex flex-col gap-3">
        {versions.map((version, at) => {
          const before = versions[at + 1];
          const changed = before ? differences(version, before) : [];
          const { by } = version.analysis;
          const tokens = (version.input_tokens ?? 0) + (version.output_tokens ?? 0);
          return (
            <li key={version.run_id ?? at} className="flex flex-col gap-1 border-line border-l-2 pl-3">
              <p className="flex flex-wrap gap-x-2 text-ink-mute">
                <span className="text-ink">{version.model ?? makers[by ?? ''] ?? 'The platform'}</span>
                {version.at && <Time at={version.at} />}
                {tokens > 0 && <span>{count(tokens)} tokens</span>}
                {version.cost ? <span>cost {amount(version.cost)}</span> : null}
                {version.run_id && (
                  <Link
                    to="/runs/$runId"
                    params={{ runId: version.run_id }}
                    className="rounded text-accent hover:underline"
                  >
                    Run
                  </Link>
                )}
              </p>
              {changed.map(({ name, now, was }) => (
                <p key={name} className="break-words">
                  <span className="text-ink-mute">{name}</span> {showFound(now)}{' '}
                  <del className="text-ink-mute">{showFound(was)}</del>
                </p>
              ))}
              {before && changed.length === 0 && <p className="text-ink-mute">Says the same.</p>}
            </li>
          );
        })}
      </ol>
    </details>
  );
}
