import { Select } from '@/components/select';
import { useEdit } from '@/features/flow-editor/context';
import { Labelled } from '@/features/flow-editor/fields/labelled';
import { TemplateField } from '@/features/flow-editor/fields/template-field';
import { below, isObject, type JsonObject, objectOf } from '@/features/flow-editor/model/json';
import type { Step } from '@/features/flow-editor/model/steps';
import { WindowForm } from './window-form';

const kinds = [
  ['for', 'For a while'],
  ['until', 'Until a time'],
  ['window', 'For office hours only'],
] as const;

const windowBegin: JsonObject = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '09:00',
  to: '17:00',
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
};

/** For how long, until when, and in which hours. */
export function WaitForm({ step, at }: { step: Step; at: string }) {
  const { set } = useEdit();
  const place = below(at, 'wait');
  const wait = objectOf(step.wait);
  const kind = 'for' in wait ? 'for' : 'until' in wait ? 'until' : 'window';
  const choose = (next: string) => {
    const { for: _, until: __, ...rest } = wait;
    if (next === 'window') set(place, { window: windowBegin, ...rest });
    else set(place, { [next]: next === 'for' ? '10m' : '', ...rest });
  };
  const windowAt = below(place, 'window');
  return (
    <div className="flex flex-col gap-4">
      <Labelled at={place} label="Wait">
        {(ids) => (
          <Select {...ids} className="max-w-60" value={kind} onChange={(event) => choose(event.target.value)}>
            {kinds.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Select>
        )}
      </Labelled>
      {kind === 'for' && (
        <TemplateField
          at={below(place, 'for')}
          label="How long"
          help="10m, 2h 30m, 3 days"
          value={wait.for}
          required
        />
      )}
      {kind === 'until' && (
        <TemplateField
          at={below(place, 'until')}
          label="Until"
          help="A time that is past is not waited for."
          placeholder="{{ outcome.callback_at }}"
          value={wait.until}
          required
        />
      )}
      {kind !== 'window' && (
        <label className="inline-flex items-center gap-2">
          <input
            type="checkbox"
            checked={isObject(wait.window)}
            onChange={(event) => set(windowAt, event.target.checked ? windowBegin : undefined)}
          />
          and then until office hours
        </label>
      )}
      {isObject(wait.window) && <WindowForm at={windowAt} window={wait.window} />}
    </div>
  );
}
