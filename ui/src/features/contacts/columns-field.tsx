import { Plus, Trash2 } from 'lucide-react';
import { Button } from '@/components/button';
import { IconButton } from '@/components/icon-button';
import { Input } from '@/components/input';
import type { FieldProblem } from '@/lib/problem';
import type { Contact } from '@/lib/types';

/** `kept` is the value as it was, so that a number stays one while nobody types in it. */
export type Column = { name: string; text: string; kept?: unknown };

export const columnsOf = (columns: Contact['columns']): Column[] =>
  Object.entries(columns).map(([name, value]) => ({ name, text: String(value ?? ''), kept: value }));

export const toColumns = (columns: Column[]): Record<string, unknown> =>
  Object.fromEntries(
    columns
      .filter(({ name, text }) => name.trim() || text)
      .map(({ name, text, kept }) => [
        name.trim(),
        kept !== undefined && String(kept ?? '') === text ? kept : text,
      ]),
  );

type Props = { columns: Column[]; problems: FieldProblem[]; onChange: (columns: Column[]) => void };

/** The further columns of a contact: a name and a value each. */
export function ColumnsField({ columns, problems, onChange }: Props) {
  const set = (at: number, change: Partial<Column>) =>
    onChange(columns.map((column, i) => (i === at ? { ...column, ...change } : column)));
  const wrong = problems.filter(({ path }) => path.startsWith('/columns'));
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 font-medium">More columns</legend>
      {columns.map((column, at) => (
        <div key={at} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] gap-2">
          <Input
            aria-label={`Name of column ${at + 1}`}
            placeholder="lead_source"
            className="font-mono text-xs"
            maxLength={60}
            value={column.name}
            onChange={(event) => set(at, { name: event.target.value })}
          />
          <Input
            aria-label={`Value of ${column.name || `column ${at + 1}`}`}
            maxLength={1000}
            value={column.text}
            onChange={(event) => set(at, { text: event.target.value })}
          />
          <IconButton
            label={`Remove ${column.name || `column ${at + 1}`}`}
            icon={<Trash2 aria-hidden="true" />}
            onClick={() => onChange(columns.filter((_, i) => i !== at))}
          />
        </div>
      ))}
      {wrong.map(({ path, message }) => (
        <p key={path} className="text-xs text-bad">
          {path.replace('/columns', '').replace('/', '')} {message}
        </p>
      ))}
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden="true" />}
          onClick={() => onChange([...columns, { name: '', text: '' }])}
        >
          Add a column
        </Button>
      </div>
    </fieldset>
  );
}
