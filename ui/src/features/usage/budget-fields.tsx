import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { Select } from '@/components/select';
import type { BudgetSettings } from '@/lib/types';
import { things } from './budget-of';
import { WhoseField } from './whose-field';

type Props = {
  settings: BudgetSettings;
  set: (change: Partial<BudgetSettings>) => void;
  problem: (path: string) => string | undefined;
};

export function BudgetFields({ settings, set, problem }: Props) {
  return (
    <>
      <Field label="Name" error={problem('/name')}>
        {(ids) => (
          <Input
            {...ids}
            required
            maxLength={100}
            autoComplete="off"
            placeholder="Texts of a month"
            value={settings.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Of" error={problem('/of')}>
          {(ids) => (
            <Select {...ids} value={settings.of} onChange={(event) => set({ of: event.target.value })}>
              {things.map(([of, label]) => (
                <option key={of} value={of}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="At most" error={problem('/limit')}>
          {(ids) => (
            <Input
              {...ids}
              type="number"
              min={0}
              step="any"
              required
              value={Number.isNaN(settings.limit) ? '' : settings.limit}
              onChange={(event) => set({ limit: event.target.valueAsNumber })}
            />
          )}
        </Field>
        <Field label="In a" error={problem('/per')}>
          {(ids) => (
            <Select
              {...ids}
              value={settings.per}
              onChange={(event) => set({ per: event.target.value as BudgetSettings['per'] })}
            >
              <option value="day">day</option>
              <option value="month">month</option>
            </Select>
          )}
        </Field>
      </div>
      <WhoseField settings={settings} set={set} error={problem('/agent') ?? problem('/flow')} />
      <Field
        label="When it is used up"
        help="Stopping pauses the flows concerned within seconds. What comes in meanwhile is kept, and caught up with when the next period begins."
      >
        {(ids) => (
          <Select
            {...ids}
            value={settings.at_limit}
            onChange={(event) => set({ at_limit: event.target.value as 'alert' | 'stop' })}
          >
            <option value="alert">Tell me</option>
            <option value="stop">Tell me, and stop the flows</option>
          </Select>
        )}
      </Field>
    </>
  );
}
