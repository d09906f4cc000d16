import { useMemo, useState } from 'react';
import type { FieldIds } from '@/components/field';
import { JsonEditor } from '@/components/json-editor';
import type { Json } from '@/features/flow-editor/model/json';
import { syntaxError } from '@/lib/json-place';
import type { Offering } from '@/lib/offers';

type Props = {
  label: string;
  value: Json;
  onChange: (value: Json) => void;
  /** What is wrong with JSON that cannot stand here; it is not taken. */
  refuse?: (value: Json) => string | undefined;
  offering?: Offering | undefined;
  ids?: FieldIds;
};

/** JSON as text; what it stands for follows whenever it is JSON that can stand here. */
export function JsonText({ label, value, onChange, refuse, offering, ids }: Props) {
  const written = JSON.stringify(value, null, 2);
  const [draft, setDraft] = useState<{ text: string; written: string; wrong?: string }>();
  // What was typed stays as typed while the value is what it stands for.
  const own = draft?.written === written ? draft : undefined;
  const change = (text: string) => {
    if (text.trim() === '')
      return setDraft({ text, written, wrong: 'Nothing stands here, so the last value holds. Write JSON.' });
    if (syntaxError(text)) return setDraft({ text, written });
    const next = JSON.parse(text) as Json;
    const wrong = refuse?.(next);
    if (wrong) return setDraft({ text, written, wrong });
    setDraft({ text, written: JSON.stringify(next, null, 2) });
    onChange(next);
  };
  const wrong = own?.wrong;
  const problems = useMemo(() => (wrong ? [{ path: '', message: wrong }] : []), [wrong]);
  return (
    <JsonEditor
      label={label}
      value={own?.text ?? written}
      onChange={change}
      problems={problems}
      offering={offering}
      ids={ids}
    />
  );
}
