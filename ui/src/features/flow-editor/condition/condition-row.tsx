import { useState } from 'react';
import { Select } from '@/components/select';
import { TemplateInput } from '@/features/flow-editor/fields/template-input';
import { type Comparison, isUnary, operators } from '@/features/flow-editor/model/condition';
import { shown, written } from '@/features/flow-editor/model/literal';

type Props = { at: string; row: Comparison; label: string; onChange: (row: Comparison) => void };

/** Field, operator, value. */
export function ConditionRow({ at, row, label, onChange }: Props) {
  const right = row.right ?? '';
  const [draft, setDraft] = useState<{ typed: string; expression: string }>();
  // What is being typed stays as typed while it means what the row says.
  const typed = draft && draft.expression === right ? draft.typed : shown(right);
  const type = (text: string) => {
    const expression = text === '' ? '' : written(text);
    setDraft({ typed: text, expression });
    onChange({ ...row, right: expression });
  };
  const unary = isUnary(row.operator);
  const known = operators.some((each) => each.value === row.operator);
  return (
    <div className="grid gap-1 sm:grid-cols-[minmax(0,5fr)_minmax(8rem,3fr)_minmax(0,5fr)]">
      <TemplateInput
        at={at}
        aria-label={`Field of ${label}`}
        placeholder="outcome.interested"
        value={row.left}
        onChange={(left) => onChange({ ...row, left })}
        bare
        preview={false}
      />
      <Select
        aria-label={`Operator of ${label}`}
        value={row.operator}
        onChange={(event) => {
          const operator = event.target.value;
          const { right: _, ...rest } = row;
          onChange(isUnary(operator) ? { ...rest, operator } : { ...row, operator });
        }}
      >
        {!known && <option value={row.operator}>{row.operator || 'holds'}</option>}
        {operators.map((each) => (
          <option key={each.value} value={each.value}>
            {each.label}
          </option>
        ))}
      </Select>
      {!unary && (
        <TemplateInput
          at={at}
          aria-label={`Value of ${label}`}
          placeholder="true"
          value={typed}
          onChange={type}
          preview={false}
        />
      )}
    </div>
  );
}
