import { TriangleAlert } from 'lucide-react';
import { ApiProblem } from '@/lib/problem';
import { Button } from './button';
import { ProblemList } from './problem-list';

type Props = { error: unknown; what: string; retry?: () => void; onPlace?: (path: string) => void };

/** What could not be done, the stable code, the cause, and what to do about it. */
export function Failure({ error, what, retry, onPlace }: Props) {
  const problem = ApiProblem.from(error);
  return (
    <div role="alert" className="flex gap-3 rounded-lg border border-bad/40 bg-bad-soft p-4">
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <div>
          <p className="font-medium">{what}</p>
          <p className="mt-0.5 text-ink-soft">
            {problem.message}
            {problem.code && (
              <>
                {' '}
                <code className="rounded bg-surface/60 px-1 py-px font-mono text-xs">{problem.code}</code>
              </>
            )}
          </p>
          {problem.remedy && <p className="mt-0.5 text-ink-soft">{problem.remedy}</p>}
          {problem.page?.startsWith('/') && (
            <a
              href={problem.page}
              target="_blank"
              rel="noreferrer"
              className="text-accent underline underline-offset-2"
            >
              What does this mean?
            </a>
          )}
        </div>
        {problem.problems.length > 0 && <ProblemList problems={problem.problems} onPlace={onPlace} />}
        {retry && (
          <div>
            <Button size="sm" onClick={retry}>
              Try again
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
