import { useMemo } from 'react';
import { brief, partsOf, typeOf } from './value-parts';

/** Each step to the right, without styles of an element's own. */
const indents = ['pl-0', 'pl-3', 'pl-6', 'pl-9', 'pl-12', 'pl-15', 'pl-18', 'pl-21', 'pl-24'];

/** What a value is made of: each member with its type and what it is here. */
export function ValueSchema({ value, label }: { value: unknown; label: string }) {
  const { parts, more } = useMemo(() => partsOf(value), [value]);
  if (parts.length === 0) {
    return (
      <p className="text-xs text-ink-soft">
        <span className="text-ink-mute">{typeOf(value)}</span> {brief(value ?? undefined)}
      </p>
    );
  }
  return (
    <ul aria-label={label} className="flex flex-col gap-0.5 text-xs">
      {parts.map(({ name, depth, type, value }, i) => (
        <li key={i} className={`flex min-w-0 items-baseline gap-2 ${indents[depth] ?? 'pl-24'}`}>
          <span className="shrink-0 font-mono">{name}</span>
          <span className="shrink-0 text-ink-mute">{type}</span>
          <span className="min-w-0 truncate text-ink-soft" title={value}>
            {value}
          </span>
        </li>
      ))}
      {more && <li className="text-ink-mute">… and more: see JSON</li>}
    </ul>
  );
}
