import { Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '@/components/button';
import { IconButton } from '@/components/icon-button';
import { Input } from '@/components/input';
import { useMarks } from '@/features/flow-editor/context';
import { below, type JsonObject } from '@/features/flow-editor/model/json';
import { JsonValue } from './json-value';
import { MarkList } from './mark-list';
import { useRows } from './rows';

type Props = {
  at: string;
  label: string;
  value: JsonObject;
  onChange: (value: JsonObject) => void;
  secrets: boolean;
};

/** The members of a JSON object, one row each. */
export function JsonObjectRows({ at, label, value, onChange, secrets }: Props) {
  const table = useRows(value, (next) => onChange(next ?? {}));
  const list = useRef<HTMLUListElement>(null);
  const add = () => {
    table.add();
    setTimeout(() => {
      const rows = list.current?.querySelectorAll<HTMLElement>(':scope > li');
      rows?.[rows.length - 1]?.querySelector('input')?.focus();
    });
  };
  return (
    <div role="group" aria-label={label} className="flex flex-col gap-2">
      {table.rows.length > 0 && (
        <ul ref={list} className="flex flex-col gap-2">
          {table.rows.map((row) => (
            <li key={row.key}>
              <JsonValue
                at={below(at, row.name)}
                label={`Value of ${row.name || 'the new field'}`}
                value={row.value}
                onChange={(next) => table.put(row.key, next)}
                secrets={secrets}
                lead={
                  <Input
                    aria-label="Name"
                    placeholder="Name"
                    value={row.name}
                    aria-invalid={table.isTwice(row) || undefined}
                    spellCheck={false}
                    autoComplete="off"
                    onChange={(event) => table.rename(row.key, event.target.value)}
                  />
                }
                trail={
                  <IconButton
                    size="sm"
                    label={`Remove ${row.name || 'the row'}`}
                    icon={<X aria-hidden="true" />}
                    onClick={() => table.remove(row.key)}
                  />
                }
              />
              {table.isTwice(row) && (
                <p className="text-xs text-bad">This name is already above; only that one counts.</p>
              )}
              <RowMarks at={below(at, row.name)} />
            </li>
          ))}
        </ul>
      )}
      <div className="-ml-2">
        <Button size="sm" look="quiet" icon={<Plus aria-hidden="true" />} onClick={add}>
          Add a field
        </Button>
      </div>
    </div>
  );
}

function RowMarks({ at }: { at: string }) {
  return <MarkList {...useMarks(at)} />;
}
