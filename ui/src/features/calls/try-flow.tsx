import { useInfiniteQuery } from '@tanstack/react-query';
import { FlaskConical, Play, Radio } from 'lucide-react';
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
import { RunOnCall } from './run-on-call';
import { TryOutcome } from './try-outcome';

type Mode = 'dry' | 'live' | 'run';

const ways = {
  dry: {
    act: 'Try it',
    icon: <FlaskConical aria-hidden="true" />,
    means: 'Opens no connection: every request is shown as it would be sent, with the values of this call.',
  },
  live: {
    act: 'Send for real',
    icon: <Radio aria-hidden="true" />,
    means: 'Really sends: at most 50 requests, each once, without retries. No run is stored.',
  },
  run: {
    act: 'Run it …',
    icon: <Play aria-hidden="true" />,
    means: 'A run like others, of the version in force: with retries, and a journal that stays.',
  },
} satisfies Record<Mode, unknown>;

/** Any flow on this call: dry shows every request as it would be sent, live sends it once and stores nothing, a run is a run. */
export function TryFlow({ callId }: { callId: string }) {
  const flows = useInfiniteQuery(flowsQuery());
  const [flow, setFlow] = useState('');
  const [mode, setMode] = useState<Mode>('dry');
  const [asking, setAsking] = useState(false);
  const may = { dry: undefined, live: useMay('write').why, run: useMay('operate').why };
  const test = useTestOnCall(callId);
  const start = (anyway = false) => {
    setAsking(false);
    if (mode !== 'run') test.mutate({ flow, mode, anyway });
  };
  const chosen = flows.data?.find(({ id }) => id === flow);
  if (flows.isError) return <Failure error={flows.error} what="The flows could not be loaded" />;
  return (
    <div className="flex flex-col gap-4">
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (mode === 'dry') start();
          else setAsking(true);
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
            ['live', 'Live, once'],
            ['run', 'Run'],
          ]}
          value={mode}
          onChange={(next) => {
            setMode(next);
            test.reset();
          }}
        />
        <Button
          type="submit"
          look={mode === 'dry' ? 'primary' : 'danger'}
          busy={test.isPending}
          why={may[mode] ?? (flow ? undefined : 'Choose a flow first')}
          icon={ways[mode].icon}
        >
          {ways[mode].act}
        </Button>
      </form>
      <p className="text-xs text-ink-mute">{ways[mode].means}</p>
      {test.isError && <Failure error={test.error} what="The flow could not be tried" />}
      {test.data && <TryOutcome report={test.data} live={mode === 'live'} onAnyway={() => start(true)} />}
      {asking && mode === 'run' && chosen && (
        <RunOnCall callId={callId} flow={chosen} onClose={() => setAsking(false)} />
      )}
      <Confirm
        open={asking && mode === 'live'}
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
