import { useState } from 'react';
import { inputClass } from '@/components/input';
import type { Json } from '@/features/flow-editor/model/json';
import { classes } from '@/lib/classes';
import { syntaxError } from '@/lib/json-place';

type Props = { id: string; value: Json; onChange: (value: Json) => void };

/** JSON as text; what it stands for follows whenever it is JSON. */
export function JsonText({ id, value, onChange }: Props) {
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
          'field-sizing-content h-auto max-h-96 min-h-24 w-full py-1.5 font-mono text-xs',
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
