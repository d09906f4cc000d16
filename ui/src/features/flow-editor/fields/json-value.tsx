import { Input } from '@/components/input';
import { Select } from '@/components/select';
import { isObject, type Json } from '@/features/flow-editor/model/json';
import { classes } from '@/lib/classes';
import { JsonList } from './json-list';
import { JsonObjectRows } from './json-object-rows';
import { convert, type JsonType, jsonTypes, typeOf } from './json-types';
import { TemplateInput } from './template-input';

type Props = {
  at: string;
  label: string;
  value: Json;
  onChange: (value: Json) => void;
  secrets: boolean;
  /** The part before the value: a name, a number. */
  lead?: React.ReactNode;
  trail?: React.ReactNode;
};

/** One value of a JSON tree with its type; groups and lists hold further ones. */
export function JsonValue({ at, label, value, onChange, secrets, lead, trail }: Props) {
  const type = typeOf(value);
  const nested = type === 'object' || type === 'list';
  return (
    <div data-at={at}>
      <div className="grid grid-cols-[minmax(0,1fr)_auto_auto] items-start gap-1 sm:grid-cols-[minmax(6rem,2fr)_minmax(0,5fr)_auto_auto]">
        {lead}
        <div className={classes('min-w-0 max-sm:col-span-3 max-sm:row-start-2', nested && 'max-sm:hidden')}>
          {type === 'text' && (
            <TemplateInput
              at={at}
              aria-label={label}
              placeholder="Value"
              value={value}
              onChange={onChange}
              secrets={secrets}
              as="json"
            />
          )}
          {type === 'number' && (
            <Input
              type="number"
              step="any"
              aria-label={label}
              className="w-full"
              value={String(value)}
              onChange={(event) => onChange(Number(event.target.value))}
            />
          )}
          {type === 'truth' && (
            <Select
              aria-label={label}
              className="w-full"
              value={String(value)}
              onChange={(event) => onChange(event.target.value === 'true')}
            >
              <option value="true">Yes</option>
              <option value="false">No</option>
            </Select>
          )}
        </div>
        <Select
          aria-label={`Type of ${label}`}
          value={type}
          onChange={(event) => onChange(convert(value, event.target.value as JsonType))}
        >
          {jsonTypes.map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </Select>
        {trail}
      </div>
      {nested && (
        <div className="mt-1 ml-1.5 border-l border-line pl-3">
          {isObject(value) ? (
            <JsonObjectRows at={at} label={label} value={value} onChange={onChange} secrets={secrets} />
          ) : (
            <JsonList at={at} label={label} value={value as Json[]} onChange={onChange} secrets={secrets} />
          )}
        </div>
      )}
    </div>
  );
}
