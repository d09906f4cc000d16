import { useInfiniteQuery } from '@tanstack/react-query';
import { FlaskConical, Radio } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Confirm } from '@/components/confirm';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { Segmented } from '@/components/segmented';
import { Select } from '@/components/select';
import { useMay } from '@/lib/may';
import { flowsQuery } from '@/lib/server/flows';
import { useTestOnCall } from '@/lib/server/testing';
import { TryOutcome } from './try-outcome';

type Mode = 'dry' | 'live';

/** Any flow tried on this call: dry shows every request as it would be sent, live sends it once. Nothing is stored. */
export function TryFlow({ callId }: { callId: string }) {
  const flows = useInfiniteQuery(flowsQuery());
  const [flow, setFlow] = useState('');
  const [mode, setMode] = useState<Mode>('dry');
  const [asking, setAsking] = useState(false);
  const may = useMay('write').why;
  const test = useTestOnCall(callId);
  const start = (anyway = false) => {
    setAsking(false);
    test.mutate({ flow, mode, anyway });
  };
  const chosen = flows.data?.find(({ id }) => id === flow);
  if (flows.isError) return <Failure error={flows.error} what="The flows could not be loaded" />;
  return (
    <div className="flex flex-col gap-4">
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (mode === 'live') setAsking(true);
          else start();
        }}
      >
        <Field label="Flow">
          {(ids) => (
            <Select
              {...ids}
              className="w-72 max-w-full"
              value={flow}
              onChange={({ target }) => {
                setFlow(target.value);
                test.reset();
              }}
            >
              <option value="">Choose a flow</option>
              {flows.data?.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Segmented
          label="How it is tried"
          options={[
            ['dry', 'Dry'],
            ['live', 'Live'],
          ]}
          value={mode}
          onChange={setMode}
        />
        <Button
          type="submit"
          look={mode === 'live' ? 'danger' : 'primary'}
          busy={test.isPending}
          why={(mode === 'live' ? may : undefined) ?? (flow ? undefined : 'Choose a flow first')}
          icon={mode === 'live' ? <Radio aria-hidden="true" /> : <FlaskConical aria-hidden="true" />}
        >
          {mode === 'live' ? 'Send for real' : 'Try it'}
        </Button>
      </form>
      <p className="text-xs text-ink-mute">
        {mode === 'dry'
          ? 'Opens no connection: every request is shown as it would be sent, with the values of this call.'
          : 'Really sends: at most 50 requests, each once, without retries. No run is stored.'}
      </p>
      {test.isError && <Failure error={test.error} what="The flow could not be tried" />}
      {test.data && <TryOutcome report={test.data} live={mode === 'live'} onAnyway={() => start(true)} />}
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title="Send for real?"
        confirm="Send for real"
        onConfirm={() => start()}
      >
        “{chosen?.name}” calls other systems now with the data of this call. They cannot tell it from a run of
        its own: mails are sent, records are made.
      </Confirm>
    </div>
  );
}
