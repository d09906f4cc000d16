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
import type { Attempt, Run } from '@/lib/types';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { AttemptActions } from './attempt-actions';
import { AttemptPanel } from './attempt-panel';
import { RunActions } from './run-actions';
import { RunBeside } from './run-beside';
import { RunEdited } from './run-edited';
import { RunFacts } from './run-facts';
import { RunParent } from './run-parent';
import { useTree } from './use-tree';
import { WaterfallPanel } from './waterfall-panel';

type Shown = {
  run: Run;
  /** Of the run and of those of its parts that are looked into. */
  entries: Attempt[];
  entry: Attempt | undefined;
  onSelect: (entry: Attempt) => void;
};
type Props = { canvas: (shown: Shown) => ReactNode };

/** One run: what it did, attempt by attempt, where the time went, and what can be done about it. */
export function RunPage({ canvas }: Props) {
  const { runId } = useParams({ from: '/shell/runs/$runId' });
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

  return <Loaded key={runId} run={run.data} canvas={canvas} />;
}

function Loaded({ run, canvas }: Props & { run: Run }) {
  const { entry, part, tab, view, failed } = useSearch({ from: '/shell/runs/$runId' });
  const navigate = useNavigate({ from: '/runs/$runId' });
  const tree = useTree(run, { part, entry }, view === 'canvas');
  const { selected } = tree;
  const choose = (of: string, number: number | undefined) =>
    void navigate({
      search: ({ part: _, entry: __, ...old }) => ({
        ...old,
        ...(of !== run.id && { part: of }),
        ...(number !== undefined && { entry: number }),
      }),
      replace: true,
      resetScroll: false,
    });
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
      title={run.flow.name || 'Run'}
      parent={<RunParent />}
      beside={<Status status={run.status} />}
      actions={
        <>
          {!run.part && <RunBeside run={run} />}
          <RunActions run={run} />
        </>
      }
    >
      <RunFacts run={run} />
      {run.event.edited && <RunEdited event={run.event.id} edited={run.event.edited} />}
      {tree.error && <Failure error={tree.error} what="Branches, items and sub-flows could not be loaded" />}
      <Split
        label="Width of the waterfall"
        left={
          view === 'canvas' ? (
            <Panel flush title="Steps" actions={views}>
              {canvas({
                run,
                entries: tree.entries,
                entry: selected,
                onSelect: (next) => choose(next.run, next.number),
              })}
            </Panel>
          ) : (
            <WaterfallPanel
              run={run}
              tree={tree}
              onlyFailed={failed === true}
              onOnlyFailed={(only) =>
                void navigate({
                  search: ({ failed: _, ...old }) => (only ? { ...old, failed: true } : old),
                  replace: true,
                  resetScroll: false,
                })
              }
              onSelect={choose}
              views={views}
            />
          )
        }
        right={
          <div className="lg:sticky lg:top-22 lg:max-h-[calc(100dvh-6rem)] lg:overflow-y-auto">
            <AttemptPanel
              entry={selected}
              actions={selected && <AttemptActions run={run} entry={selected} />}
              loading={tree.loading}
              within={selected && selected.run !== run.id ? selected.run : undefined}
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
