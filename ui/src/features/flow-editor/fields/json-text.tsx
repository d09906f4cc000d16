import { useState } from 'react';
import { JsonEditor } from '@/components/json-editor';
import type { Json } from '@/features/flow-editor/model/json';
import { syntaxError } from '@/lib/json-place';
import type { Offering } from '@/lib/offers';

type Props = {
  label: string;
  value: Json;
  onChange: (value: Json) => void;
  offering?: Offering | undefined;
};

/** JSON as text; what it stands for follows whenever it is JSON. */
export function JsonText({ label, value, onChange, offering }: Props) {
  const written = JSON.stringify(value, null, 2);
  const [draft, setDraft] = useState<{ text: string; written: string }>();
  // What was typed stays as typed while the value is what it stands for.
  const text = draft?.written === written ? draft.text : written;
  const change = (text: string) => {
    if (syntaxError(text)) return setDraft({ text, written });
    const next = JSON.parse(text) as Json;
    setDraft({ text, written: JSON.stringify(next, null, 2) });
    onChange(next);
  };
  return <JsonEditor label={label} value={text} onChange={change} offering={offering} />;
}
