import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { buttonClass } from '@/components/button';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Segmented } from '@/components/segmented';
import { Skeleton } from '@/components/skeleton';
import { usageFile, usageQuery } from '@/lib/server/usage';
import { BudgetsPanel } from './budgets-panel';
import { Charts } from './charts';
import { periods, start } from './period';
import { PricesPanel } from './prices-panel';
import { UsageTable } from './usage-table';

/** What was done and what it cost: by day, by agent or flow, and against its budgets. */
export function UsagePage() {
  const search = useSearch({ from: '/shell/usage' });
  const navigate = useNavigate({ from: '/usage' });
  const days = periods.some(([known]) => Number(known) === search.days) ? Number(search.days) : 30;
  const by = search.by === 'flow' ? 'flow' : 'agent';
  const from = start(days);
  const daily = useQuery({ ...usageQuery({ by: 'day', from }), placeholderData: keepPreviousData });
  const grouped = useQuery(usageQuery({ by, from }));
  const go = (change: { days?: number; by?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  return (
    <Page
      title="Usage"
      description="What was done, counted exactly, and what it costs in credits by your own prices."
      actions={
        <>
          <Segmented
            label="Period"
            options={periods}
            value={String(days)}
            onChange={(value) => go({ days: Number(value) })}
          />
          <a className={buttonClass()} href={usageFile({ by: 'day', from })} download="usage.csv">
            <Download aria-hidden="true" />
            CSV
          </a>
        </>
      }
    >
      {daily.isError && !daily.data ? (
        <Failure
          error={daily.error}
          what="The usage could not be loaded"
          retry={() => void daily.refetch()}
        />
      ) : (
        <Panel title="By day">
          {daily.data ? <Charts lines={daily.data.data} zone={daily.data.zone} /> : <Skeleton rows={4} />}
        </Panel>
      )}
      {/* How high the charts are is known only when they are there: what stands below would move away from under a click. */}
      {!daily.isPending && (
        <>
          <Panel
            flush
            title={by === 'flow' ? 'By flow' : 'By agent'}
            actions={
              <>
                <Segmented
                  label="Lines"
                  options={[
                    ['agent', 'Agents'],
                    ['flow', 'Flows'],
                  ]}
                  value={by}
                  onChange={(value) => go({ by: value })}
                />
                <a
                  className={buttonClass('quiet', 'sm')}
                  href={usageFile({ by, from })}
                  download={`usage-by-${by}.csv`}
                >
                  <Download aria-hidden="true" />
                  CSV
                </a>
              </>
            }
          >
            {grouped.isError && !grouped.data ? (
              <Failure
                error={grouped.error}
                what="The usage could not be loaded"
                retry={() => void grouped.refetch()}
              />
            ) : grouped.data ? (
              <UsageTable lines={grouped.data.data} by={by} />
            ) : (
              <Skeleton rows={4} />
            )}
          </Panel>
          <BudgetsPanel />
          <PricesPanel />
        </>
      )}
    </Page>
  );
}
