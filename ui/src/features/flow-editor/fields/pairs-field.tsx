import { Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '@/components/button';
import { IconButton } from '@/components/icon-button';
import { Input } from '@/components/input';
import { useMarks } from '@/features/flow-editor/context';
import { below, type Json, type JsonObject } from '@/features/flow-editor/model/json';
import type { Place } from '@/lib/server/testing';
import { MarkList } from './mark-list';
import { useRows } from './rows';
import { TemplateInput } from './template-input';

type Props = {
  at: string;
  label: string;
  value: Json | undefined;
  onChange: (value: JsonObject | undefined) => void;
  names?: string;
  values?: string;
  add?: string;
  as?: Place;
  secrets?: boolean;
  answer?: unknown;
};

/** Names with a text each: headers, a query, values to set. */
export function PairsField({
  at,
  label,
  value,
  onChange,
  names = 'Name',
  values = 'Value',
  add = 'Add',
  as = 'template',
  secrets,
  answer,
}: Props) {
  const table = useRows(value, onChange);
  const list = useRef<HTMLUListElement>(null);
  const focusLast = () =>
    setTimeout(() => list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus());
  return (
    <div role="group" aria-label={label} data-at={at} className="flex flex-col gap-2">
      {table.rows.length > 0 && (
        <ul ref={list} className="flex flex-col gap-2">
          {table.rows.map((row) => (
            <li key={row.key}>
              <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-1 sm:grid-cols-[minmax(6rem,2fr)_minmax(0,5fr)]">
                <Input
                  aria-label={names}
                  placeholder={names}
                  value={row.name}
                  aria-invalid={table.isTwice(row) || undefined}
                  spellCheck={false}
                  autoComplete="off"
                  onChange={(event) => table.rename(row.key, event.target.value)}
                />
                <div className="max-sm:col-span-2 max-sm:row-start-2">
                  <TemplateInput
                    at={below(at, row.name)}
                    aria-label={`${values} of ${row.name || 'the new row'}`}
                    placeholder={values}
                    value={row.value}
                    onChange={(text) => table.put(row.key, text)}
                    as={as}
                    secrets={secrets ?? false}
                    answer={answer}
                    beside={
                      <IconButton
                        size="sm"
                        label={`Remove ${row.name || 'the row'}`}
                        icon={<X aria-hidden="true" />}
                        onClick={() => table.remove(row.key)}
                      />
                    }
                  />
                </div>
              </div>
              {table.isTwice(row) && (
                <p className="text-xs text-bad">This name is already above; only that one counts.</p>
              )}
              <RowMarks at={below(at, row.name)} />
            </li>
          ))}
        </ul>
      )}
      <div className="-ml-2">
        <Button
          size="sm"
          look="quiet"
          icon={<Plus aria-hidden="true" />}
          onClick={() => {
            table.add();
            focusLast();
          }}
        >
          {add}
        </Button>
      </div>
    </div>
  );
}

function RowMarks({ at }: { at: string }) {
  return <MarkList {...useMarks(at, true)} />;
}
