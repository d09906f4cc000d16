import { Input } from '@/components/input';
import { Select } from '@/components/select';
import { below, isObject, type Json, objectOf } from '@/features/flow-editor/model/json';
import { Labelled } from './labelled';
import { TemplateInput } from './template-input';

type Props = { at: string; label: string; value: Json; onChange: (value: Json) => void };

const kinds = [
  ['bearer', 'A token'],
  ['basic', 'User and password'],
  ['header', 'A header with a key'],
] as const;

const begin: Record<string, Json> = {
  bearer: '',
  basic: { basic: { user: '', password: '' } },
  header: { header: { name: 'X-API-Key', value: '' } },
};

const kindOf = (value: Json) => (isObject(value) ? (Object.keys(value)[0] ?? 'bearer') : 'bearer');

/** How a request says who it is from. */
export function AuthField({ at, label, value, onChange }: Props) {
  const kind = kindOf(value);
  const parts = isObject(value) ? value[kind] : value;
  const part = (name: string) => objectOf(parts)[name];
  const put = (name: string, text: string) => onChange({ [kind]: { ...objectOf(parts), [name]: text } });
  const input = (name: string, words: string) => (
    <TemplateInput
      at={below(at, kind, name)}
      aria-label={words}
      placeholder={words}
      value={part(name)}
      onChange={(text) => put(name, text)}
      secrets
    />
  );
  return (
    <Labelled at={at} label={label} deep>
      {(ids) => (
        <div className="flex flex-col gap-2">
          <Select {...ids} value={kind} onChange={(event) => onChange(begin[event.target.value] ?? '')}>
            {kinds.map(([name, words]) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
          </Select>
          {kind === 'bearer' && (
            <TemplateInput
              at={at}
              aria-label="Token"
              placeholder="{{ secrets.… }}"
              value={parts}
              onChange={(text) => onChange(isObject(value) ? { bearer: text } : text)}
              secrets
            />
          )}
          {kind === 'basic' &&
            [input('user', 'User'), input('password', 'Password')].map((each, i) => (
              <div key={i}>{each}</div>
            ))}
          {kind === 'header' && (
            <>
              <Input
                aria-label="Header"
                value={String(part('name') ?? '')}
                onChange={(event) => put('name', event.target.value)}
              />
              {input('value', 'Value')}
            </>
          )}
        </div>
      )}
    </Labelled>
  );
}
