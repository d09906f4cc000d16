import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Segmented } from '@/components/segmented';
import { Skeleton } from '@/components/skeleton';
import { Split } from '@/components/split';
import { Status } from '@/components/status';
import { concerns } from '@/lib/live';
import { runQuery } from '@/lib/server/runs';
import type { Entry, Run } from '@/lib/types';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { AttemptPanel } from './attempt-panel';
import { pickEntry } from './pick';
import { RunActions } from './run-actions';
import { RunFacts } from './run-facts';
import { RunParent } from './run-parent';
import { WaterfallPanel } from './waterfall-panel';

type Shown = { run: Run; entry: Entry | undefined; onSelect: (entry: number) => void };

/** One run: what it did, attempt by attempt, where the time went, and what can be done about it. */
export function RunPage({ canvas }: { canvas: (shown: Shown) => ReactNode }) {
  const { runId } = useParams({ from: '/shell/runs/$runId' });
  const { entry: chosen, tab, view } = useSearch({ from: '/shell/runs/$runId' });
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
  const onSelect = (entry: number) =>
    void navigate({ search: (old) => ({ ...old, entry }), replace: true, resetScroll: false });
  const views = (
    <Segmented
      label="How the run is shown"
      options={[
        ['timeline', 'Timeline'],
        ['canvas', 'Canvas'],
      ]}
      value={view === 'canvas' ? 'canvas' : 'timeline'}
      onChange={(next) =>
        void navigate({
          search: ({ view: _, ...old }) => (next === 'canvas' ? { ...old, view: next } : old),
          replace: true,
          resetScroll: false,
        })
      }
    />
  );
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
          view === 'canvas' ? (
            <Panel flush title="Steps" actions={views}>
              {canvas({ run: run.data, entry: selected, onSelect })}
            </Panel>
          ) : (
            <WaterfallPanel run={run.data} selected={selected?.number} onSelect={onSelect} views={views} />
          )
        }
        right={
          <div className="lg:sticky lg:top-22 lg:max-h-[calc(100dvh-6rem)] lg:overflow-y-auto">
            <AttemptPanel
              entry={selected}
              tab={tab}
              onTab={(next) =>
                void navigate({ search: (old) => ({ ...old, tab: next }), replace: true, resetScroll: false })
              }
            />
          </div>
        }
      />
    </Page>
  );
}
