import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { NotSaved } from '@/components/not-saved';
import { useMay } from '@/lib/may';
import { problemsOf } from '@/lib/problem';
import type { Known } from '@/lib/server/known';
import { useSavePrices } from '@/lib/server/usage';
import { say } from '@/lib/toasts';
import type { Prices } from '@/lib/types';

const priced: [name: Exclude<keyof Prices, 'zone'>, label: string][] = [
  ['action', 'Action'],
  ['sms_segment', 'SMS segment'],
  ['mail', 'Mail'],
  ['thousand_tokens', '1,000 tokens'],
  ['call_minute', 'Minute of talk'],
];

/** Credits for one of each; usage of the past is told by them as well. */
export function PricesForm({ known }: { known: Known<Prices> }) {
  const prices = known.value;
  const { why } = useMay('admin');
  const save = useSavePrices(known);
  const [typed, setTyped] = useState<Prices>();
  const changed = typed ?? prices;
  const problems = problemsOf(save.error);
  const problem = (path: string) => problems.find((each) => each.path === path)?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(changed, {
      onSuccess: () => {
        setTyped(undefined);
        say('Prices saved');
      },
    });
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {save.isError && problems.length === 0 && (
        <NotSaved error={save.error} what="The prices were not saved" />
      )}
      <div className="grid grid-cols-2 gap-4 md:grid-cols-3 xl:grid-cols-6">
        {priced.map(([name, label]) => (
          <Field key={name} label={label} error={problem(`/${name}`)}>
            {(ids) => (
              <Input
                {...ids}
                type="number"
                min={0}
                step="any"
                required
                value={Number.isNaN(changed[name]) ? '' : changed[name]}
                onChange={(event) => setTyped({ ...changed, [name]: event.target.valueAsNumber })}
              />
            )}
          </Field>
        ))}
        <Field label="Days in the zone" error={problem('/zone')}>
          {(ids) => (
            <Input
              {...ids}
              autoComplete="off"
              spellCheck={false}
              placeholder="Europe/Berlin"
              value={changed.zone}
              onChange={(event) => setTyped({ ...changed, zone: event.target.value.trim() })}
            />
          )}
        </Field>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="text-ink-mute">In credits. What has no price costs nothing.</span>
        <Button type="submit" look="primary" why={why} busy={save.isPending}>
          Save prices
        </Button>
      </div>
    </form>
  );
}
