import { useQuery } from '@tanstack/react-query';
import { memo, use, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { Input } from '@/components/input';
import { SampleContext, useEdit } from '@/features/flow-editor/context';
import type { Doc } from '@/features/flow-editor/model/json';
import { namesAt } from '@/features/flow-editor/model/scope';
import { sampleQuery } from '@/lib/server/testing';
import { say } from '@/lib/toasts';
import { lastField, putValue } from './put-value';

type Row = { path: string; value: string };

const short = (value: unknown): string => {
  if (value === undefined || value === null) return '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
};

/** What the step can use, with what it is worth now: dragged into a field, or put where the cursor was. */
export const InputColumn = memo(function InputColumn({ doc, at }: { doc: Doc; at: string }) {
  const { read } = useEdit();
  const { sample, saved } = use(SampleContext);
  const detail = useQuery(sampleQuery(sample));
  const [query, setQuery] = useState('');
  const column = useRef<HTMLElement>(null);
  const last = useRef<Element>(null);
  // What earlier steps leave is not looked for again at every letter.
  const settled = useDeferredValue(doc);
  const groups = useMemo(() => {
    const fits = ({ path }: Row) => path.toLowerCase().includes(query.trim().toLowerCase());
    const earlier = namesAt(settled, at).map(({ path, hint }) => ({
      path,
      value: path in saved ? short(saved[path]) : hint,
    }));
    const event = (detail.data?.variables ?? [])
      .filter(({ path, group }) => group !== 'payload' && !/^(call|raw|payload|payload_flat)\b/.test(path))
      .map(({ path, value }) => ({ path, value: short(value) }));
    return [
      { label: 'Earlier steps', rows: earlier.filter(fits) },
      { label: 'The call', rows: event.filter(fits) },
    ].filter(({ rows }) => rows.length > 0);
  }, [settled, at, saved, detail.data, query]);
  useEffect(() => {
    const remember = (event: FocusEvent) => {
      if ((event.target as Element).matches('[data-takes]')) last.current = event.target as Element;
    };
    const panel = column.current?.closest('[data-panel]');
    panel?.addEventListener('focusin', remember as EventListener);
    return () => panel?.removeEventListener('focusin', remember as EventListener);
  }, []);
  const put = (path: string) => {
    const field = lastField(column.current?.closest('[data-panel]') ?? null, last.current);
    if (field) return putValue(field, path);
    say('Nowhere to put it yet', 'Click into a field of the form first, or drag the value there.');
  };
  return (
    <section ref={column} aria-label="Input" className="flex h-full max-h-[36rem] flex-col">
      <div className="p-2">
        <h3 className="mb-1.5 px-1 text-xs font-medium text-ink-soft">What it can use</h3>
        <Input
          aria-label="Search what it can use"
          placeholder="Search"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
        {groups.map(({ label, rows }) => (
          <div key={label}>
            <h4 className="px-1 pt-2 pb-1 text-xs text-ink-mute">{label}</h4>
            <ul>
              {rows.map(({ path, value }) => (
                <li key={path}>
                  <button
                    type="button"
                    draggable
                    onDragStart={(event) => event.dataTransfer.setData('text/plain', `{{ ${path} }}`)}
                    onClick={() => put(path)}
                    title={`Put {{ ${path} }} where the cursor was`}
                    className="block w-full rounded px-1 py-0.5 text-left hover:bg-inset"
                  >
                    <span className="block font-mono text-xs break-all">{path}</span>
                    {value && <span className="block truncate text-xs text-ink-mute">{value}</span>}
                  </button>
                </li>
              ))}
            </ul>
          </div>
        ))}
        {groups.length === 0 && (
          <p className="px-1 text-xs text-ink-mute">
            {detail.isPending && read().on ? 'Loading the sample…' : 'No such value.'}
          </p>
        )}
      </div>
    </section>
  );
});
