import { useInfiniteQuery } from '@tanstack/react-query';
import { use } from 'react';
import { Field } from '@/components/field';
import { Select } from '@/components/select';
import { CatalogueContext, SampleContext } from '@/features/flow-editor/context';
import { moment } from '@/lib/format';
import { callsQuery } from '@/lib/server/calls';
import type { Test } from './use-test';

/** The call that values are filled in from: a made-up one, or one that was. */
export function EventChoice({ test, label = 'With' }: { test: Test; label?: string }) {
  const { kinds } = use(CatalogueContext);
  const { sample } = use(SampleContext);
  const calls = useInfiniteQuery(callsQuery({}, 20));
  const title = kinds?.find(({ kind }) => kind === sample.kind)?.title ?? sample.kind;
  return (
    <Field label={label}>
      {(ids) => (
        <Select
          {...ids}
          value={test.call ?? ''}
          onChange={(event) => test.setCall(event.target.value || undefined)}
        >
          <option value="">The sample: {title}</option>
          {calls.data && calls.data.length > 0 && (
            <optgroup label="Past calls">
              {calls.data.map((call) => (
                <option key={call.id} value={call.id}>
                  {[
                    call.to ?? call.from ?? call.provider_call_id,
                    call.disposition ?? call.status,
                    moment(call.created_at),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </option>
              ))}
            </optgroup>
          )}
        </Select>
      )}
    </Field>
  );
}
