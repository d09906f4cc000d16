import { useInfiniteQuery } from '@tanstack/react-query';
import { ChevronsUpDown } from 'lucide-react';
import { use, useMemo } from 'react';
import { buttonClass } from '@/components/button';
import { Field } from '@/components/field';
import type { ChoiceGroup } from '@/components/finder';
import { Picker } from '@/components/picker';
import { CatalogueContext, SampleContext, useEdit } from '@/features/flow-editor/context';
import { moment } from '@/lib/format';
import { callsQuery } from '@/lib/server/calls';
import { fits, titleOf } from './call-title';
import type { Test } from './use-test';

/** How many of the newest calls are offered. */
const offered = 100;
const [sampleValue, ownValue] = ['@sample', '@own'];

/** The event that values are filled in from: a made-up one, one of one's own, or that of a call that was. */
export function EventChoice({ test, label = 'With' }: { test: Test; label?: string }) {
  const { kinds } = use(CatalogueContext);
  const { sample } = use(SampleContext);
  const { read } = useEdit();
  const calls = useInfiniteQuery(callsQuery({}, offered)).data;
  const title = kinds?.find(({ kind }) => kind === sample.kind)?.title ?? sample.kind;
  const words = test.event
    ? 'Your own event'
    : test.call
      ? titleOf(calls?.find(({ id }) => id === test.call)) || test.call
      : `The sample: ${title}`;
  const groups = useMemo<ChoiceGroup[]>(() => {
    const { where } = read();
    const row = (call: NonNullable<typeof calls>[number]) => ({
      value: call.id,
      label: titleOf(call),
      hint: [moment(call.created_at), call.campaign].filter(Boolean).join(' · '),
      words: [call.id, call.provider_call_id, call.from, call.to].join(' '),
    });
    const fit = (calls ?? []).filter((call) => fits(call, where));
    const others = (calls ?? []).filter((call) => !fit.includes(call));
    return [
      {
        label: 'Made up',
        items: [
          { value: sampleValue, label: `The sample: ${title}` },
          ...(test.hasEvent ? [{ value: ownValue, label: 'Your own event' }] : []),
        ],
      },
      { label: others.length > 0 ? 'Calls that fit the filters' : 'Past calls', items: fit.map(row) },
      { label: 'Other calls', items: others.map(row) },
    ].filter(({ items }) => items.length > 0);
  }, [read, calls, title, test.hasEvent]);
  return (
    <Field label={label}>
      {(ids) => (
        <Picker
          label="Events"
          groups={groups}
          empty={`None of the newest ${offered} calls is like this.`}
          onPick={(value) =>
            value === ownValue ? test.takeEvent() : test.setCall(value === sampleValue ? undefined : value)
          }
          trigger={
            <button
              type="button"
              {...ids}
              aria-label={`${label}: ${words}`}
              className={`${buttonClass()} w-full min-w-0 justify-between!`}
            >
              <span className="truncate font-normal">{words}</span>
              <ChevronsUpDown aria-hidden="true" />
            </button>
          }
        />
      )}
    </Field>
  );
}
