import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Confirm } from '@/components/confirm';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { useMay } from '@/lib/may';
import { problemsOf } from '@/lib/problem';
import { useDeleteBudget, useSaveBudget } from '@/lib/server/usage';
import { say } from '@/lib/toasts';
import type { Budget, BudgetSettings } from '@/lib/types';
import { BudgetFields } from './budget-fields';

type Props = { budget: Budget | undefined; onClose: () => void };

function settingsOf(budget: Budget | undefined): BudgetSettings {
  if (!budget) return { name: '', of: 'credits', limit: 1000, per: 'month', at_limit: 'alert' };
  const { name, agent, flow, of, limit, per, at_limit } = budget;
  return { name, agent: agent ?? null, flow: flow ?? null, of, limit, per, at_limit };
}

/** A new budget, or a change of one; what is used of it stays used. */
export function BudgetDialog({ budget, onClose }: Props) {
  const [save, remove] = [useSaveBudget(budget?.id), useDeleteBudget()];
  const { why } = useMay('admin');
  const [asking, setAsking] = useState(false);
  const [settings, setSettings] = useState(() => settingsOf(budget));
  const problems = problemsOf(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(settings, {
      onSuccess: () => {
        say(budget ? 'Budget changed' : 'Budget saved', 'It is looked at every few seconds.');
        onClose();
      },
    });
  };
  return (
    <>
      <Dialog open={!asking} onClose={onClose} title={budget ? budget.name : 'New budget'}>
        <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
          {save.isError && problems.length === 0 && (
            <Failure error={save.error} what="The budget was not saved" />
          )}
          <BudgetFields
            settings={settings}
            set={(change) => setSettings((all) => ({ ...all, ...change }))}
            problem={(path) => problems.find((each) => each.path.startsWith(path))?.message}
          />
          <div className="flex flex-wrap justify-end gap-2">
            {budget && (
              <Button look="danger" className="mr-auto" why={why} onClick={() => setAsking(true)}>
                Delete
              </Button>
            )}
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" look="primary" why={why} busy={save.isPending}>
              {budget ? 'Save changes' : 'Save budget'}
            </Button>
          </div>
        </form>
      </Dialog>
      {budget && (
        <Confirm
          open={asking}
          onClose={() => setAsking(false)}
          title={`Delete “${budget.name}”?`}
          confirm="Delete the budget"
          busy={remove.isPending}
          error={remove.isError && <Failure error={remove.error} what="The budget was not deleted" />}
          onConfirm={() =>
            remove.mutate(budget.id, {
              onSuccess: () => {
                say('Budget deleted');
                onClose();
              },
            })
          }
        >
          Flows that it holds back go on within seconds, and catch up.
        </Confirm>
      )}
    </>
  );
}
