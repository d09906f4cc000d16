import { useInfiniteQuery } from '@tanstack/react-query';
import { Field } from '@/components/field';
import { Input, inputClass } from '@/components/input';
import { classes } from '@/lib/classes';
import { connectionsQuery } from '@/lib/server/connections';
import type { AgentAction } from '@/lib/types';
import { ConnectionSelect } from './connection-select';
import { useAgent, useProblem } from './context';
import { RecordingField } from './recording-field';
import { lines } from './settings';

type Props = { at: number; action: AgentAction; set: (change: Partial<AgentAction>) => void };

/** Whom a message goes to, through what, and what it says. */
export function MessageFields({ at, action, set }: Props) {
  const problem = useProblem();
  const { problems } = useAgent();
  const connections = useInfiniteQuery(connectionsQuery());
  const sms = action.kind === 'sms';
  const kind = sms ? 'twilio' : 'smtp';
  const none =
    connections.isSuccess && !connections.hasNextPage && !connections.data.some((each) => each.kind === kind);
  const to = (action.to ?? []).join(', ');
  const wrong = (field: string) => problem(`/actions/${at}/${field}`);
  const wrongTo = problems.find(({ path }) => path.startsWith(`/actions/${at}/to`))?.message;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="To"
          help={sms ? 'One number, with its country.' : 'Addresses, separated by commas.'}
          error={wrongTo}
        >
          {(ids) => (
            <Input
              {...ids}
              key={to}
              autoComplete="off"
              placeholder={sms ? '+14155550100' : 'sales@example.com'}
              defaultValue={to}
              onBlur={(event) => set({ to: lines(event.target.value) })}
            />
          )}
        </Field>
        <Field
          label="Through"
          help={
            none
              ? `No ${sms ? 'Twilio account' : 'mail server'} is connected yet: add one under Connections.`
              : undefined
          }
          error={wrong('connection')}
        >
          {(ids) => (
            <ConnectionSelect
              ids={ids}
              label="Through"
              kinds={[kind]}
              none={`The only ${sms ? 'Twilio account' : 'mail server'}`}
              value={action.connection}
              onChange={(connection) => set({ connection })}
            />
          )}
        </Field>
      </div>
      {sms ? (
        <Field
          label="Text"
          help="Left empty: number, name and summary of the call. {{ }} may stand in it."
          error={wrong('text')}
        >
          {(ids) => (
            <textarea
              {...ids}
              rows={2}
              placeholder="{{ caller }} called: {{ summary }}"
              className={classes(inputClass, 'h-auto py-2 leading-normal')}
              value={action.text ?? ''}
              onChange={(event) => set({ text: event.target.value })}
            />
          )}
        </Field>
      ) : (
        <>
          <Field
            label="Subject"
            help="Left empty: who called, and how it went. The mail holds caller, contact, phone type, duration, summary and transcript."
            error={wrong('subject')}
          >
            {(ids) => (
              <Input
                {...ids}
                autoComplete="off"
                placeholder="Call with {{ caller }}"
                value={action.subject ?? ''}
                onChange={(event) => set({ subject: event.target.value })}
              />
            )}
          </Field>
          <RecordingField
            value={action.include_recording}
            onChange={(include_recording) => set({ include_recording })}
          />
        </>
      )}
    </>
  );
}
