import { useInfiniteQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { Button } from '@/components/button';
import { Field, type FieldIds } from '@/components/field';
import { Input, inputClass } from '@/components/input';
import { JsonEditor } from '@/components/json-editor';
import { Select } from '@/components/select';
import { classes } from '@/lib/classes';
import { connectionsQuery } from '@/lib/server/connections';
import { useSecretNames } from '@/lib/server/secrets';
import type { RecipeInput as Asked } from '@/lib/types';
import { hint } from './inputs';

type Props = {
  input: Asked;
  value: string | boolean;
  error: string | undefined;
  onChange: (value: string | boolean) => void;
  /** Opens what makes a connection or a secret, which then stands here. */
  onMake: () => void;
};

const long = ['long_text', 'template', 'condition'];
const kinds: Partial<Record<Asked['type'], string>> = { url: 'url', phone: 'tel', email: 'email' };

/** One thing that a recipe asks for, by its type. */
export function RecipeInput({ input, value, error, onChange, onMake }: Props) {
  const label = input.required || input.default !== null ? input.label : `${input.label} (optional)`;
  if (input.type === 'boolean') {
    return (
      <label className="flex items-start gap-2">
        <input
          type="checkbox"
          className="mt-0.5 size-4 accent-accent"
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span>
          <span className="font-medium">{input.label}</span>
          {input.help && <span className="block text-xs text-ink-mute">{input.help}</span>}
        </span>
      </label>
    );
  }
  const text = String(value);
  const help =
    input.type === 'template' ? (
      <>
        {input.help}{' '}
        {!input.help.includes('{{') && 'Placeholders such as {{ contact.first_name }} work here.'}
      </>
    ) : input.type === 'agents' || input.type === 'campaigns' ? (
      `${input.help} Separate several with commas.`
    ) : (
      input.help
    );
  return (
    <Field label={label} help={help} error={error}>
      {(ids) => {
        if (input.type === 'connection' || input.type === 'secret') {
          return <Named ids={ids} input={input} value={text} onChange={onChange} onMake={onMake} />;
        }
        if (input.type === 'choice') {
          return (
            <Select {...ids} value={text} onChange={(event) => onChange(event.target.value)}>
              {text === '' && <option value="">Choose</option>}
              {input.choices.map((choice) => (
                <option key={choice.value} value={choice.value}>
                  {choice.label}
                </option>
              ))}
            </Select>
          );
        }
        if (input.type === 'json') {
          return (
            <JsonEditor ids={ids} label={label} value={text} onChange={onChange} example={hint(input)} />
          );
        }
        if (long.includes(input.type)) {
          return (
            <textarea
              {...ids}
              value={text}
              placeholder={hint(input)}
              spellCheck={input.type === 'long_text'}
              onChange={(event) => onChange(event.target.value)}
              className={classes(
                inputClass,
                'field-sizing-content h-auto max-h-72 min-h-9 py-1.5',
                input.type === 'condition' && 'font-mono text-xs',
              )}
            />
          );
        }
        return (
          <Input
            {...ids}
            type={kinds[input.type] ?? 'text'}
            inputMode={input.type === 'number' ? 'decimal' : undefined}
            autoComplete="off"
            placeholder={hint(input)}
            value={text}
            onChange={(event) => onChange(event.target.value)}
          />
        );
      }}
    </Field>
  );
}

type NamedProps = Pick<Props, 'input' | 'onChange' | 'onMake'> & { ids: FieldIds; value: string };

/** A connection or a secret, chosen from those that there are, or made now. */
function Named({ ids, input, value, onChange, onMake }: NamedProps) {
  const isSecret = input.type === 'secret';
  const secrets = useSecretNames(isSecret);
  const connections = useInfiniteQuery({ ...connectionsQuery(), enabled: !isSecret });
  const fitting = (connections.data ?? []).filter(({ kind }) => input.kinds.includes(kind));
  const names = isSecret ? secrets : fitting.map(({ name }) => name);
  return (
    <div className="flex flex-wrap gap-2">
      <Select
        {...ids}
        className="min-w-0 flex-1 basis-40"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{names.length === 0 ? 'None yet' : input.required ? 'Choose' : 'None'}</option>
        {value !== '' && !names.includes(value) && <option value={value}>{value}</option>}
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </Select>
      <Button icon={<Plus aria-hidden="true" />} onClick={onMake}>
        {isSecret ? 'New secret' : 'New connection'}
      </Button>
    </div>
  );
}
