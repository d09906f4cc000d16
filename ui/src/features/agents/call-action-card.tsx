import { Trash2 } from 'lucide-react';
import { Field } from '@/components/field';
import { IconButton } from '@/components/icon-button';
import { Input, inputClass } from '@/components/input';
import { Panel } from '@/components/panel';
import { Select } from '@/components/select';
import { classes } from '@/lib/classes';
import type { AgentCallAction, AgentFlow } from '@/lib/types';
import { Check } from './check';
import { useProblem } from './context';
import { HeadersField } from './headers-field';
import { KeptFlow } from './kept-flow';
import { PayloadView } from './payload-view';
import { given } from './settings';
import { TestRequest } from './test-request';

type Props = {
  at: number;
  action: AgentCallAction;
  kind: string;
  flow: AgentFlow | undefined;
  onChange: (action: AgentCallAction | undefined) => void;
};

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** One request: where to, with what, and how long to wait for the answer. */
export function CallActionCard({ at, action, kind, flow, onChange }: Props) {
  const problem = useProblem();
  const wrong = (field: string) => problem(`/call_actions/${at}/${field}`);
  const set = (change: Partial<AgentCallAction>) =>
    onChange({ ...given({ ...action, ...change }), url: change.url ?? action.url });
  const label = action.name || action.url || 'new request';
  const timeout = action.timeout_s ?? 15;
  return (
    <Panel>
      <div role="group" aria-label={label} className="flex flex-col gap-4">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <Check checked={action.enabled ?? true} onChange={(enabled) => set({ enabled })}>
            On<span className="sr-only">: {label}</span>
          </Check>
          <IconButton
            size="sm"
            label={`Remove ${label}`}
            icon={<Trash2 aria-hidden="true" />}
            onClick={() => onChange(undefined)}
          />
        </div>
        {flow && <KeptFlow flow={flow} what="These requests" />}
        <div className="grid items-start gap-3 sm:grid-cols-[7rem_minmax(0,1fr)]">
          <Field label="Method" error={wrong('method')}>
            {(ids) => (
              <Select
                {...ids}
                value={action.method ?? 'POST'}
                onChange={(event) => set({ method: event.target.value })}
              >
                {methods.map((method) => (
                  <option key={method}>{method}</option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Address" error={wrong('url')}>
            {(ids) => (
              <Input
                {...ids}
                maxLength={2000}
                autoComplete="off"
                spellCheck={false}
                placeholder={`https://api.example.com/hook?id=\${callInfo.callSid}`}
                value={action.url}
                onChange={(event) => set({ url: event.target.value })}
              />
            )}
          </Field>
        </div>
        <Field label={`Wait at most ${timeout} s for the answer`} error={wrong('timeout_s')}>
          {(ids) => (
            <input
              {...ids}
              type="range"
              min={1}
              max={60}
              value={timeout}
              onChange={(event) => set({ timeout_s: Number(event.target.value) })}
              className="w-full accent-accent sm:w-80"
            />
          )}
        </Field>
        <HeadersField
          at={`/call_actions/${at}/headers`}
          headers={action.headers}
          onChange={(headers) => set({ headers })}
        />
        {action.method !== 'GET' && (
          <Field
            label="Body"
            help={`Left empty: the whole payload. \${ } puts values of the payload in; JSON stays JSON.`}
            error={wrong('body')}
          >
            {(ids) => (
              <textarea
                {...ids}
                rows={4}
                spellCheck={false}
                placeholder={`{"from": \${callInfo.from}, "seconds": \${duration}}`}
                className={classes(inputClass, 'h-auto py-2 font-mono text-xs leading-normal')}
                value={action.body ?? ''}
                onChange={(event) => set({ body: event.target.value })}
              />
            )}
          </Field>
        )}
        <PayloadView kind={kind} />
        <TestRequest part="call-actions" of={action.id} />
      </div>
    </Panel>
  );
}
