import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { IconButton } from '@/components/icon-button';
import { Input } from '@/components/input';
import { useAgent } from './context';
import { replaced } from './settings';

type Props = {
  at: string;
  headers: Record<string, unknown> | undefined;
  onChange: (headers: Record<string, unknown>) => void;
};

type Row = { name: string; value: string };

const toHeaders = (rows: Row[]) =>
  Object.fromEntries(rows.filter(({ name }) => name.trim()).map(({ name, value }) => [name.trim(), value]));

/** Header lines of a request: `{{ }}`, also of secrets, may stand in their values. */
export function HeadersField({ at, headers, onChange }: Props) {
  const { problems } = useAgent();
  const [rows, setRows] = useState<Row[]>(() =>
    Object.entries(headers ?? {}).map(([name, value]) => ({ name, value: String(value) })),
  );
  const put = (next: Row[]) => {
    setRows(next);
    onChange(toHeaders(next));
  };
  const wrong = problems.filter(({ path }) => path.startsWith(at));
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 font-medium">Headers</legend>
      {rows.map((row, i) => (
        <div key={i} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] gap-2">
          <Input
            aria-label={`Name of header ${i + 1}`}
            placeholder="Authorization"
            spellCheck={false}
            value={row.name}
            onChange={(event) => put(replaced(rows, i, { ...row, name: event.target.value }))}
          />
          <Input
            aria-label={`Value of ${row.name || `header ${i + 1}`}`}
            placeholder="Bearer {{ secrets.crm }}"
            spellCheck={false}
            value={row.value}
            onChange={(event) => put(replaced(rows, i, { ...row, value: event.target.value }))}
          />
          <IconButton
            label={`Remove ${row.name || `header ${i + 1}`}`}
            icon={<Trash2 aria-hidden="true" />}
            onClick={() => put(replaced(rows, i, undefined))}
          />
        </div>
      ))}
      {wrong.map(({ path, message }) => (
        <p key={path} className="text-xs text-bad">
          {message}
        </p>
      ))}
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden="true" />}
          onClick={() => setRows([...rows, { name: '', value: '' }])}
        >
          Add a header
        </Button>
      </div>
    </fieldset>
  );
}
