import { Select } from '@/components/select';
import { useEdit } from '@/features/flow-editor/context';
import { Labelled } from '@/features/flow-editor/fields/labelled';
import { TemplateInput } from '@/features/flow-editor/fields/template-input';
import { below, isObject, objectOf, textOf } from '@/features/flow-editor/model/json';
import type { Step } from '@/features/flow-editor/model/steps';

/** How the run ends, and why. */
export function StopForm({ step, at }: { step: Step; at: string }) {
  const { set } = useEdit();
  const place = below(at, 'stop');
  const stop = isObject(step.stop) ? step.stop : { status: textOf(step.stop) };
  const put = (status: string, reason: string) => {
    const rest = objectOf(step.stop);
    set(place, reason ? { ...rest, status, reason } : status);
  };
  return (
    <div className="grid gap-4 sm:grid-cols-[12rem_minmax(0,1fr)]">
      <Labelled at={place} label="The run has">
        {(ids) => (
          <Select
            {...ids}
            value={textOf(stop.status)}
            onChange={(event) => put(event.target.value, textOf(stop.reason))}
          >
            <option value="succeeded">succeeded</option>
            <option value="failed">failed</option>
          </Select>
        )}
      </Labelled>
      <Labelled at={below(place, 'reason')} label="Reason">
        {(ids) => (
          <TemplateInput
            {...ids}
            at={below(place, 'reason')}
            value={stop.reason}
            placeholder="For people who look at the run"
            onChange={(text) => put(textOf(stop.status), text)}
          />
        )}
      </Labelled>
    </div>
  );
}
