import { useState } from 'react';
import { Select } from '@/components/select';
import { useEdit } from '@/features/flow-editor/context';
import { Labelled } from '@/features/flow-editor/fields/labelled';
import { below, type Json, type JsonObject, set } from '@/features/flow-editor/model/json';
import { ActionFieldInput } from './action-field-input';
import type { Group } from './action-fields';

const begins: Record<string, Json> = { json: {}, pairs: {} };

/** Fields of which one is given: which one, and that one. */
export function ActionGroup({ group, at, given }: { group: Group; at: string; given: JsonObject }) {
  const { change } = useEdit();
  const [other, setOther] = useState<string>();
  const chosen = group.chosen ?? group.fields.find((field) => field.name === other);
  const choose = (name: string) => {
    setOther(name);
    const field = group.fields.find((each) => each.name === name);
    change((doc) => {
      const names = new Set(group.fields.map((each) => each.name));
      const rest = Object.fromEntries(Object.entries(given).filter(([key]) => !names.has(key)));
      const begin =
        field?.type === 'choice' ? (field.choices[0]?.value ?? '') : (begins[field?.type ?? ''] ?? '');
      return set(doc, at, field ? { ...rest, [name]: begin } : rest) as JsonObject;
    });
  };
  return (
    <div className="flex flex-col gap-3">
      <Labelled at={below(at, group.label)} label={group.label}>
        {(ids) => (
          <Select
            {...ids}
            className="sm:max-w-80"
            value={chosen?.name ?? ''}
            onChange={(event) => choose(event.target.value)}
          >
            <option value="">
              {group.fields.some((field) => field.type === 'choice') ? 'Automatic' : 'None'}
            </option>
            {group.fields.map((field) => (
              <option key={field.name} value={field.name}>
                {field.label}
              </option>
            ))}
          </Select>
        )}
      </Labelled>
      {chosen && (
        <ActionFieldInput field={chosen} at={below(at, chosen.name)} value={given[chosen.name]} quiet />
      )}
    </div>
  );
}
