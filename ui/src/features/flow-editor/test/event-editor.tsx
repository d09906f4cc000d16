import { useQuery } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import { use } from 'react';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { IconButton } from '@/components/icon-button';
import { SampleContext } from '@/features/flow-editor/context';
import { JsonText } from '@/features/flow-editor/fields/json-text';
import { isObject, type Json } from '@/features/flow-editor/model/json';
import { sampleQuery } from '@/lib/server/testing';
import type { NewEvent } from '@/lib/types';
import type { Test } from './use-test';

/** The event as it would be sent, to be changed: from then on it is one's own. */
export function EventEditor({ test }: { test: Test }) {
  const { sample } = use(SampleContext);
  const { event, setEvent } = test;
  const chosen = useQuery({ ...sampleQuery(sample), enabled: sample.kind !== '' && !event });
  if (!event) {
    return (
      <div className="-mt-2 -ml-2">
        <Button
          size="sm"
          look="quiet"
          icon={<Pencil aria-hidden="true" />}
          busy={chosen.isFetching}
          why={chosen.data ? undefined : 'The event could not be loaded'}
          onClick={() => chosen.data && setEvent(chosen.data.event)}
        >
          Edit the event
        </Button>
      </div>
    );
  }
  return (
    <Field
      label="The event"
      help="Values and tests are made with it. It is kept in this browser only."
      beside={
        <IconButton
          size="sm"
          label="Remove this event"
          icon={<Trash2 aria-hidden="true" />}
          onClick={() => setEvent(undefined)}
        />
      }
    >
      {(ids) => (
        <JsonText
          label="The event"
          value={event as Json}
          refuse={(next) => (isObject(next) ? undefined : 'An event is an object: { … }.')}
          onChange={(next) => setEvent(next as NewEvent)}
          ids={ids}
        />
      )}
    </Field>
  );
}
