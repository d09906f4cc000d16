import { useQuery } from '@tanstack/react-query';
import { Gauge, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { useMay } from '@/lib/may';
import { moveBetweenRows } from '@/lib/rows';
import { budgetsQuery } from '@/lib/server/usage';
import type { Budget } from '@/lib/types';
import { BudgetDialog } from './budget-dialog';
import { BudgetRow } from './budget-row';

export function BudgetsPanel() {
  const budgets = useQuery(budgetsQuery());
  const { why } = useMay('admin');
  const [open, setOpen] = useState<Budget | 'new'>();
  const create = (
    <Button size="sm" why={why} icon={<Plus aria-hidden="true" />} onClick={() => setOpen('new')}>
      New budget
    </Button>
  );
  const list = budgets.data?.data;
  return (
    <>
      <Panel flush title="Budgets" actions={list && list.length > 0 && create}>
        {budgets.isError && !list ? (
          <Failure
            error={budgets.error}
            what="The budgets could not be loaded"
            retry={() => void budgets.refetch()}
          />
        ) : !list ? (
          <Skeleton rows={2} />
        ) : list.length === 0 ? (
          <Empty icon={<Gauge />} title="No budgets yet" action={create}>
            Say how much may be used in a day or a month. You are told at 60, 80 and 100 %, and flows can stop
            there until the next period begins.
          </Empty>
        ) : (
          <ul aria-label="Budgets" onKeyDown={moveBetweenRows} className="divide-y divide-line">
            {list.map((budget) => (
              <li key={budget.id}>
                <BudgetRow budget={budget} onOpen={() => setOpen(budget)} />
              </li>
            ))}
          </ul>
        )}
      </Panel>
      {open && (
        <BudgetDialog
          key={open === 'new' ? 'new' : open.id}
          budget={open === 'new' ? undefined : open}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}
