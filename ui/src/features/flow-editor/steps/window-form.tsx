import { useId } from 'react';
import { Input } from '@/components/input';
import { useEdit } from '@/features/flow-editor/context';
import { Labelled } from '@/features/flow-editor/fields/labelled';
import { TemplateField } from '@/features/flow-editor/fields/template-field';
import { below, type JsonObject, listOf, textOf } from '@/features/flow-editor/model/json';

const days = [
  ['mon', 'Mon'],
  ['tue', 'Tue'],
  ['wed', 'Wed'],
  ['thu', 'Thu'],
  ['fri', 'Fri'],
  ['sat', 'Sat'],
  ['sun', 'Sun'],
] as const;

/** Hours of the week in a time zone. */
export function WindowForm({ at, window }: { at: string; window: JsonObject }) {
  const { set } = useEdit();
  const legend = useId();
  const chosen = listOf(window.days).map(textOf);
  const given = chosen.length > 0 ? chosen : ['mon', 'tue', 'wed', 'thu', 'fri'];
  const toggle = (day: string) => {
    const next = days.map(([name]) => name).filter((name) => (name === day) !== given.includes(name));
    set(below(at, 'days'), next.length > 0 ? next : undefined);
  };
  const time = (name: 'from' | 'to', label: string, standard: string) => (
    <Labelled at={below(at, name)} label={label}>
      {(ids) => (
        <Input
          {...ids}
          className="w-24"
          inputMode="numeric"
          placeholder={standard}
          value={textOf(window[name])}
          onChange={(event) => set(below(at, name), event.target.value || undefined)}
        />
      )}
    </Labelled>
  );
  return (
    <div data-at={at} className="flex flex-col gap-3">
      <div role="group" aria-labelledby={legend} data-at={below(at, 'days')}>
        <p id={legend} className="mb-1 font-medium">
          Days
        </p>
        <div className="flex flex-wrap gap-x-3 gap-y-1">
          {days.map(([name, label]) => (
            <label key={name} className="inline-flex items-center gap-1.5">
              <input type="checkbox" checked={given.includes(name)} onChange={() => toggle(name)} />
              {label}
            </label>
          ))}
        </div>
      </div>
      <div className="flex flex-wrap gap-3">
        {time('from', 'From', '00:00')}
        {time('to', 'To', '24:00')}
        <TemplateField
          at={below(at, 'zone')}
          label="Time zone"
          value={window.zone}
          placeholder="Europe/Berlin"
          required
          className="min-w-56 flex-1"
        />
      </div>
    </div>
  );
}
