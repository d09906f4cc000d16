import { useState } from 'react';
import { CopyButton } from '@/components/copy-button';
import { Input } from '@/components/input';
import type { Variable } from '@/lib/types';

const shown = (value: unknown) =>
  typeof value === 'string' ? value : value === null || value === undefined ? '–' : JSON.stringify(value);

/** Every name that a template can use at this kind, with its value in the sample. */
export function VariableTable({ variables }: { variables: Variable[] }) {
  const [query, setQuery] = useState('');
  const found = variables.filter(({ path, description }) =>
    `${path} ${description ?? ''}`.toLowerCase().includes(query.toLowerCase()),
  );
  return (
    <div className="flex flex-col gap-3">
      <Input
        type="search"
        aria-label="Search variables"
        placeholder="Search variables"
        className="w-full sm:max-w-xs"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      {found.length === 0 ? (
        <p className="text-ink-mute">No variable has this.</p>
      ) : (
        <ul aria-label="Variables" className="divide-y divide-line">
          {found.map((variable) => (
            <li
              key={variable.path}
              className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 py-1.5 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto]"
            >
              <span className="min-w-0">
                <code className="font-mono text-xs break-all">{variable.insert}</code>
                {variable.description && (
                  <span className="block text-xs text-ink-mute">{variable.description}</span>
                )}
              </span>
              <span className="min-w-0 truncate text-xs text-ink-soft max-sm:order-last max-sm:col-span-2">
                <span className="text-ink-mute">{variable.type}</span> {shown(variable.value)}
              </span>
              <CopyButton text={variable.insert} label={`Copy ${variable.path}`} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
