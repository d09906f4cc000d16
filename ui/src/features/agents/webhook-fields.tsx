import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { Select } from '@/components/select';
import { useSecretNames } from '@/lib/server/secrets';
import type { AgentAction } from '@/lib/types';
import { Check } from './check';
import { useProblem } from './context';
import { HeadersField } from './headers-field';
import { PayloadView } from './payload-view';
import { RecordingField } from './recording-field';

type Props = { at: number; action: AgentAction; set: (change: Partial<AgentAction>) => void };

const secretOf = (text: string | null | undefined) => /secrets\.(\w+)/.exec(text ?? '')?.[1] ?? '';

/** Where a webhook goes, what signs it, for which calls. */
export function WebhookFields({ at, action, set }: Props) {
  const problem = useProblem();
  const names = useSecretNames(true);
  const secret = secretOf(action.secret);
  const wrong = (field: string) => problem(`/actions/${at}/${field}`);
  return (
    <>
      <Field label="Address" error={wrong('url')}>
        {(ids) => (
          <Input
            {...ids}
            type="url"
            maxLength={2000}
            autoComplete="off"
            spellCheck={false}
            placeholder="https://example.com/hooks/calls"
            value={action.url ?? ''}
            onChange={(event) => set({ url: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Signing secret"
        help="One of your secrets; the receiver checks the signature with it."
        error={wrong('secret')}
      >
        {(ids) => (
          <Select
            {...ids}
            value={secret}
            onChange={(event) =>
              set({ secret: event.target.value ? `{{ secrets.${event.target.value} }}` : null })
            }
          >
            <option value="">None: not signed</option>
            {[...new Set([...names, ...(secret ? [secret] : [])])].map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <HeadersField
        at={`/actions/${at}/headers`}
        headers={action.headers}
        onChange={(headers) => set({ headers })}
      />
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        <Check checked={action.only_completed ?? true} onChange={(only_completed) => set({ only_completed })}>
          Only for completed calls
        </Check>
      </div>
      <RecordingField
        value={action.include_recording}
        onChange={(include_recording) => set({ include_recording })}
      />
      <PayloadView kind="call.ended" />
    </>
  );
}
