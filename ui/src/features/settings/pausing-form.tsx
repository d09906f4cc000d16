import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { NotSaved } from '@/components/not-saved';
import { Segmented } from '@/components/segmented';
import { useMay } from '@/lib/may';
import type { Known } from '@/lib/server/known';
import { useSavePausing } from '@/lib/server/settings';
import { sayAfter } from '@/lib/toasts';
import { fromWire, toWire } from './pausing';

const about = {
  usual: 'After 50 failed runs in a row, over at least 10 minutes.',
  own: 'A receiver that is away for a minute fails many runs: the shortest time keeps that from pausing anything.',
  never:
    'Nothing is paused because it fails, and nothing warns that it will be. A webhook that is gone, or a budget, pauses its flow all the same.',
};

/** When flows that keep failing start no more runs, for those that do not say so themselves. */
export function PausingForm({ known }: { known: Known<{ pause_after: unknown }> }) {
  const { why } = useMay('admin');
  const save = useSavePausing(known);
  const [pausing, setPausing] = useState(() => fromWire(known.value.pause_after));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sayAfter(save.mutateAsync(toWire(pausing)), 'Saved when flows are paused');
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {save.isError && <NotSaved error={save.error} what="The setting was not saved" />}
      <p className="text-ink-soft">
        A flow whose runs fail one after the other is paused with an alert, and catches up when it is resumed.
        This is for flows that say nothing themselves.
      </p>
      <div className="flex flex-col items-start gap-1">
        <Segmented
          label="Flows that keep failing are paused"
          value={pausing.when}
          onChange={(when) => setPausing({ ...pausing, when })}
          options={[
            ['usual', 'As usual'],
            ['own', 'At a limit of ours'],
            ['never', 'Never'],
          ]}
        />
        <p className="text-xs text-ink-mute">{about[pausing.when]}</p>
      </div>
      {pausing.when === 'own' && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Failed runs in a row" help="1 to 1,000.">
            {(ids) => (
              <Input
                {...ids}
                type="number"
                min={1}
                max={1000}
                required
                value={pausing.failures}
                onChange={(event) => setPausing({ ...pausing, failures: event.target.value })}
              />
            )}
          </Field>
          <Field label="Over at least so many minutes" help="Since the first of them; 0 to 10,080 (a week).">
            {(ids) => (
              <Input
                {...ids}
                type="number"
                min={0}
                max={10080}
                required
                value={pausing.minutes}
                onChange={(event) => setPausing({ ...pausing, minutes: event.target.value })}
              />
            )}
          </Field>
        </div>
      )}
      <div className="flex justify-end">
        <Button type="submit" look="primary" why={why} busy={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}
