import { Field } from '@/components/field';
import { Select } from '@/components/select';
import type { AgentAction } from '@/lib/types';

type Props = { value: AgentAction['include_recording']; onChange: (value: boolean | null) => void };

/** Whether the recording’s address is in what is sent, and is waited for. */
export function RecordingField({ value, onChange }: Props) {
  return (
    <Field
      label="Recording’s address"
      help="Platforms that bring a recording after the end of the call: whoever waits for it sends at most five minutes after the end."
    >
      {(ids) => (
        <Select
          {...ids}
          value={String(value ?? '')}
          onChange={({ target }) => onChange(target.value ? target.value === 'true' : null)}
        >
          <option value="">In it, if it is known by then</option>
          <option value="true">In it: wait for it</option>
          <option value="false">Not in it</option>
        </Select>
      )}
    </Field>
  );
}
