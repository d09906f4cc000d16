import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { useSaveDestination } from '@/lib/server/destinations';
import { say } from '@/lib/toasts';
import type { Destination } from '@/lib/types';
import { NumberInput } from './number-input';

const text = (value: number | null | undefined) => (value ? String(value) : '');

/** Sets what may go to a destination; without one, to one that is named here. */
export function LimitsDialog({ destination, onClose }: { destination?: Destination; onClose: () => void }) {
  const save = useSaveDestination();
  const [name, setName] = useState(destination?.name ?? '');
  const [count, setCount] = useState(text(destination?.rate?.count));
  const [period, setPeriod] = useState(text(destination?.rate?.period_s) || '1');
  const [burst, setBurst] = useState(text(destination?.rate?.burst));
  const [most, setMost] = useState(text(destination?.max_concurrent));
  const [note, setNote] = useState(destination?.note ?? '');

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const rate = count && {
      count: Number(count),
      period_s: Number(period),
      ...(burst && { burst: Number(burst) }),
    };
    const limits = { ...(rate && { rate }), ...(most && { max_concurrent: Number(most) }), note };
    const onSuccess = () => {
      say('Limits saved');
      onClose();
    };
    save.mutate({ name: name.trim(), limits }, { onSuccess });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={destination ? `Limits of ${destination.name}` : 'Limit a destination'}
      description="All flows share them. What is over a limit waits: no run is lost and no attempt is spent."
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {save.isError && <Failure error={save.error} what="The limits were not saved" />}
        {!destination && (
          <Field label="Destination" help="Host and port, such as api.crm.example:443.">
            {(ids) => (
              <Input {...ids} required value={name} onChange={(event) => setName(event.target.value)} />
            )}
          </Field>
        )}
        <div className="grid grid-cols-2 gap-3">
          <Field label="Calls" help="Empty: as fast as they come.">
            {(ids) => <NumberInput ids={ids} value={count} onChange={setCount} min={1} step={1} />}
          </Field>
          <Field label="In how many seconds">
            {(ids) => <NumberInput ids={ids} value={period} onChange={setPeriod} min={0.001} step="any" />}
          </Field>
          <Field label="At once after a rest" help="Empty: as many as a second allows.">
            {(ids) => <NumberInput ids={ids} value={burst} onChange={setBurst} min={1} step={1} />}
          </Field>
          <Field label="Side by side" help="Empty: no limit of your own.">
            {(ids) => <NumberInput ids={ids} value={most} onChange={setMost} min={1} step={1} />}
          </Field>
        </div>
        <Field label="Note" help="Why, for whoever comes next.">
          {(ids) => (
            <Input {...ids} maxLength={1000} value={note} onChange={(event) => setNote(event.target.value)} />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending} disabled={name.trim() === ''}>
            Save limits
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
