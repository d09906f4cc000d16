import { useState } from 'react';
import { Segmented } from '@/components/segmented';
import { isObject, type Json } from '@/features/flow-editor/model/json';
import { JsonObjectRows } from './json-object-rows';
import { JsonPart } from './json-part';
import { JsonValue } from './json-value';
import { Labelled } from './labelled';

type Props = {
  at: string;
  label: string;
  help?: string | undefined;
  value: Json;
  onChange: (value: Json) => void;
  secrets: boolean;
  quiet?: boolean;
  /** Nothing is filled in here: it is a text that people bring along. */
  plain?: boolean;
};

/** A JSON value: as fields, or as text for who has it at hand. */
export function JsonField({
  at,
  label,
  help,
  value,
  onChange,
  secrets,
  quiet = false,
  plain = false,
}: Props) {
  const [view, setView] = useState<'fields' | 'text'>(plain ? 'text' : 'fields');
  return (
    <Labelled
      at={at}
      label={label}
      help={help}
      quiet={quiet}
      beside={
        <Segmented
          label={`How ${label} is edited`}
          options={[
            ['fields', 'Fields'],
            ['text', 'JSON'],
          ]}
          value={view}
          onChange={setView}
        />
      }
    >
      {(ids) =>
        view === 'text' ? (
          <JsonPart at={at} label={label} value={value} onChange={onChange} plain={plain} ids={ids} />
        ) : isObject(value) ? (
          <JsonObjectRows at={at} label={label} value={value} onChange={onChange} secrets={secrets} />
        ) : (
          <JsonValue
            at={at}
            label={label}
            value={value}
            onChange={onChange}
            secrets={secrets}
            lead={<span className="self-center text-ink-mute">The whole of it</span>}
          />
        )
      }
    </Labelled>
  );
}
