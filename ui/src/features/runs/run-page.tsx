import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { Split } from '@/components/split';
import { Status } from '@/components/status';
import { concerns } from '@/lib/live';
import { runQuery } from '@/lib/server/runs';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { AttemptPanel } from './attempt-panel';
import { pickEntry } from './pick';
import { RunActions } from './run-actions';
import { RunFacts } from './run-facts';
import { RunParent } from './run-parent';
import { WaterfallPanel } from './waterfall-panel';

/** One run: what it did, attempt by attempt, where the time went, and what can be done about it. */
export function RunPage() {
  const { runId } = useParams({ from: '/shell/runs/$runId' });
  const { entry: chosen, tab } = useSearch({ from: '/shell/runs/$runId' });
  const navigate = useNavigate({ from: '/runs/$runId' });
  const run = useQuery(runQuery(runId));
  useLiveRefresh(['run', runId], (notice) => concerns(notice, 'run', runId));

  if (!run.data) {
    return (
      <Page title="Run" parent={<RunParent />}>
        {run.isError ? (
          <Failure error={run.error} what="The run could not be loaded" retry={() => void run.refetch()} />
        ) : (
          <Panel>
            <Skeleton rows={8} label="Loading the run" />
          </Panel>
        )}
      </Page>
    );
  }

  const { entries } = run.data;
  const selected = entries.find((entry) => entry.number === (chosen ?? pickEntry(entries, run.data.status)));
  return (
    <Page
      title={run.data.flow.name || 'Run'}
      parent={<RunParent />}
      beside={<Status status={run.data.status} />}
      actions={<RunActions run={run.data} />}
    >
      <RunFacts run={run.data} />
      <Split
        label="Width of the waterfall"
        left={
          <WaterfallPanel
            run={run.data}
            selected={selected?.number}
            onSelect={(entry) =>
              void navigate({ search: (old) => ({ ...old, entry }), replace: true, resetScroll: false })
            }
          />
        }
        right={
          <AttemptPanel
            entry={selected}
            tab={tab}
            onTab={(next) =>
              void navigate({ search: (old) => ({ ...old, tab: next }), replace: true, resetScroll: false })
            }
          />
        }
      />
    </Page>
  );
}
