import { useQuery } from '@tanstack/react-query';
import { memo, use, useDeferredValue, useMemo, useState } from 'react';
import { CodeBlock } from '@/components/code-block';
import { Input } from '@/components/input';
import { Segmented } from '@/components/segmented';
import { DocContext, SampleContext, useEdit } from '@/features/flow-editor/context';
import { isOwn, short } from '@/features/flow-editor/model/choices';
import { nest } from '@/features/flow-editor/model/json';
import { namesAt } from '@/features/flow-editor/model/scope';
import { sampleQuery } from '@/lib/server/testing';

type Props = {
  at: string;
  /** Where a value goes that is clicked. */
  onPut: (path: string) => void;
};

type Row = { path: string; value: string };

/** As many letters of a value have room. */
const longest = 80;

/** What the step can use, with what it is worth now: dragged into a field, or put where the cursor was. */
export const InputColumn = memo(function InputColumn({ at, onPut }: Props) {
  const doc = use(DocContext);
  const { read } = useEdit();
  const { sample, saved } = use(SampleContext);
  const detail = useQuery(sampleQuery(sample));
  const [query, setQuery] = useState('');
  const [view, setView] = useState<'fields' | 'json'>('fields');
  // What earlier steps leave is not looked for again at every letter.
  const settled = useDeferredValue(doc);
  const own = useMemo(() => (detail.data?.variables ?? []).filter(isOwn), [detail.data]);
  const groups = useMemo(() => {
    const fits = ({ path }: Row) => path.toLowerCase().includes(query.trim().toLowerCase());
    const earlier = namesAt(settled, at).map(({ path, hint }) => ({
      path,
      value: path in saved ? short(saved[path], longest) : hint,
    }));
    const event = own.map(({ path, value }) => ({ path, value: short(value, longest) }));
    return [
      { label: 'Earlier steps', rows: earlier.filter(fits) },
      { label: 'The call', rows: event.filter(fits) },
    ].filter(({ rows }) => rows.length > 0);
  }, [settled, at, saved, own, query]);
  const asJson = useMemo(() => {
    if (view !== 'json') return '';
    const event = nest(own.map(({ path, value }) => [path, value]));
    return JSON.stringify({ ...event, ...saved }, null, 2);
  }, [view, own, saved]);
  return (
    <section aria-label="Input" className="flex h-full max-h-[36rem] flex-col">
      <div className="p-2">
        <div className="mb-1.5 flex min-h-7 flex-wrap items-center justify-between gap-2 px-1">
          <h3 className="text-xs font-medium text-ink-soft">What it can use</h3>
          <Segmented
            label="How what it can use is shown"
            options={[
              ['fields', 'Fields'],
              ['json', 'JSON'],
            ]}
            value={view}
            onChange={setView}
          />
        </div>
        {view === 'fields' && (
          <Input
            aria-label="Search what it can use"
            placeholder="Search"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        )}
      </div>
      {view === 'json' && (
        <CodeBlock json text={asJson} label="What it can use, as JSON" className="mx-2 mb-2 max-h-full" />
      )}
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
        {view === 'fields' &&
          groups.map(({ label, rows }) => (
            <div key={label}>
              <h4 className="px-1 pt-2 pb-1 text-xs text-ink-mute">{label}</h4>
              <ul>
                {rows.map(({ path, value }) => (
                  <li key={path}>
                    <button
                      type="button"
                      draggable
                      onDragStart={(event) => event.dataTransfer.setData('text/plain', `{{ ${path} }}`)}
                      onClick={() => onPut(path)}
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
        {view === 'fields' && groups.length === 0 && (
          <p className="px-1 text-xs text-ink-mute">
            {detail.isPending && read().on ? 'Loading the sample…' : 'No such value.'}
          </p>
        )}
      </div>
    </section>
  );
});
