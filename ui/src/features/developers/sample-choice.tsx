import { Field } from '@/components/field';
import { Select } from '@/components/select';
import type { components } from '@/lib/schema';
import type { ProviderSample } from '@/lib/types';

type Props = {
  providers: components['schemas']['Provider'][];
  provider: string;
  samples: ProviderSample[];
  /** Empty: what is shown is no sample. */
  sample: string;
  onChange: (search: { provider: string; sample?: string }) => void;
};

/** Which platform, and which of its messages. */
export function SampleChoice({ providers, provider, samples, sample, onChange }: Props) {
  return (
    <div className="grid gap-3 sm:flex sm:flex-wrap">
      <Field label="Platform">
        {(ids) => (
          <Select
            {...ids}
            data-search
            className="sm:w-48"
            value={provider}
            onChange={(event) => onChange({ provider: event.target.value })}
          >
            {providers.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Message">
        {(ids) => (
          <Select
            {...ids}
            className="sm:w-80"
            value={sample}
            onChange={(event) => onChange({ provider, sample: event.target.value })}
          >
            {sample === '' && <option value="">As it came in at an endpoint</option>}
            {samples.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}
