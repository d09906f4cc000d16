import { type Ref, useState } from 'react';
import { inputClass } from '@/components/input';
import { Segmented } from '@/components/segmented';
import { isObject, type Json } from '@/features/flow-editor/model/json';
import { classes } from '@/lib/classes';
import { syntaxError } from '@/lib/json-place';
import { JsonObjectRows } from './json-object-rows';
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
          <JsonText {...ids} value={value} onChange={onChange} />
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

type TextProps = { id: string; value: Json; onChange: (value: Json) => void; ref?: Ref<HTMLTextAreaElement> };

/** JSON as text; the document follows whenever it is JSON. */
function JsonText({ id, value, onChange }: TextProps) {
  const [draft, setDraft] = useState<string>();
  const text = draft ?? JSON.stringify(value, null, 2);
  const fault = draft === undefined ? undefined : syntaxError(draft);
  return (
    <>
      <textarea
        id={id}
        value={text}
        spellCheck={false}
        aria-invalid={fault ? true : undefined}
        onBlur={() => !fault && setDraft(undefined)}
        onChange={(event) => {
          setDraft(event.target.value);
          if (!syntaxError(event.target.value)) onChange(JSON.parse(event.target.value) as Json);
        }}
        className={classes(
          inputClass,
          'field-sizing-content h-auto max-h-96 min-h-24 py-1.5 font-mono text-xs',
        )}
      />
      {fault && (
        <p className="text-xs text-bad">
          Line {fault.line}, column {fault.column}: {fault.message}
        </p>
      )}
    </>
  );
}
