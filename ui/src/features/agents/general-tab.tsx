import { useQuery } from '@tanstack/react-query';
import { Field } from '@/components/field';
import { Input, inputClass } from '@/components/input';
import { Select } from '@/components/select';
import { classes } from '@/lib/classes';
import { providersQuery } from '@/lib/server/providers';
import { useAgent, useProblem } from './context';
import { lines } from './settings';

/** Who the agent is, and how its calls are recognised. */
export function GeneralTab() {
  const { settings, set, problems } = useAgent();
  const problem = useProblem();
  const providers = useQuery(providersQuery());
  const numbers = problems.find(({ path }) => path.startsWith('/numbers'));
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name" error={problem('/name')}>
          {(ids) => (
            <Input
              {...ids}
              maxLength={100}
              autoComplete="off"
              value={settings.name}
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label="Language" help="Such as en or pt-BR." error={problem('/language')}>
          {(ids) => (
            <Input
              {...ids}
              maxLength={35}
              autoComplete="off"
              value={settings.language ?? ''}
              onChange={(event) => set({ language: event.target.value || null })}
            />
          )}
        </Field>
        <Field label="Voice platform" error={problem('/provider')}>
          {(ids) => (
            <Select
              {...ids}
              value={settings.provider ?? ''}
              onChange={(event) => set({ provider: event.target.value || null })}
            >
              <option value="">Any</option>
              {providers.data?.map(({ name, title }) => (
                <option key={name} value={name}>
                  {title}
                </option>
              ))}
              {settings.provider && !providers.data?.some(({ name }) => name === settings.provider) && (
                <option value={settings.provider}>{settings.provider}</option>
              )}
            </Select>
          )}
        </Field>
        <Field
          label="Its id there"
          help="Calls with this id are the agent’s, whatever it is called there."
          error={problem('/provider_agent_id')}
        >
          {(ids) => (
            <Input
              {...ids}
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
              className="font-mono text-xs"
              value={settings.provider_agent_id ?? ''}
              onChange={(event) => set({ provider_agent_id: event.target.value || null })}
            />
          )}
        </Field>
      </div>
      <Field
        label="Numbers"
        help="One per line, with its country. Calls at them are the agent’s where the platform names none."
        error={numbers?.message}
      >
        {(ids) => (
          <Lines
            {...ids}
            rows={2}
            value={settings.numbers ?? []}
            onChange={(list) => set({ numbers: list })}
          />
        )}
      </Field>
      <Field
        label="System prompt"
        help="What the assistant is told. It guides what is found out in its calls."
        error={problem('/system_prompt')}
      >
        {(ids) => (
          <textarea
            {...ids}
            rows={10}
            maxLength={100_000}
            className={classes(inputClass, 'h-auto py-2 leading-normal')}
            value={settings.system_prompt ?? ''}
            onChange={(event) => set({ system_prompt: event.target.value || null })}
          />
        )}
      </Field>
    </div>
  );
}

type LinesProps = { rows: number; value: string[]; onChange: (list: string[]) => void; id: string };

/** A list as lines of a text; it is read when the field is left, so that nobody loses a line break. */
function Lines({ value, onChange, ...rest }: LinesProps) {
  return (
    <textarea
      {...rest}
      key={value.join('\n')}
      defaultValue={value.join('\n')}
      className={classes(inputClass, 'h-auto py-2 font-mono text-xs leading-normal')}
      onBlur={(event) => onChange(lines(event.target.value))}
    />
  );
}
