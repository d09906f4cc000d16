import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { useAgent, useProblem } from './context';

/** How long what follows a call waits for its analysis. */
export function SettleField() {
  const { settings, set } = useAgent();
  const problem = useProblem();
  return (
    <Field
      label="Wait for the analysis, in seconds"
      help="From the end of the call, 10 to 3600; then the post-call actions go out without it. As the workspace says if left empty: 300 unless it was changed."
      error={problem('/settle_within_s')}
    >
      {(ids) => (
        <Input
          {...ids}
          type="number"
          min={10}
          max={3600}
          value={settings.settle_within_s ?? ''}
          onChange={(event) =>
            set({ settle_within_s: event.target.value ? Number(event.target.value) : null })
          }
        />
      )}
    </Field>
  );
}
