import { useState } from 'react';
import { type QuickRange, quickRanges, type Range, rangeOf } from '@/lib/ranges';
import { Input } from './input';
import { Select } from './select';

type Props = Range & { onChange: (range: { from: string; to: string }) => void };

/** From when to when: a range by its name, or two dates. */
export function DateRange({ from, to, onChange }: Props) {
  const [own, setOwn] = useState(false);
  const dates = own || Boolean(from || to);
  const name = dates
    ? ((Object.keys(quickRanges) as QuickRange[]).find((each) => {
        const range = rangeOf(each);
        return !own && range.from === from && range.to === to;
      }) ?? 'own')
    : '';
  return (
    <>
      <Select
        aria-label="Time range"
        value={name}
        onChange={({ target }) => {
          setOwn(target.value === 'own');
          if (target.value === 'own') return;
          const { from = '', to = '' } = target.value ? rangeOf(target.value as QuickRange) : {};
          onChange({ from, to });
        }}
      >
        <option value="">Any time</option>
        {Object.entries(quickRanges).map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
        <option value="own">From … to …</option>
      </Select>
      {name === 'own' && (
        <>
          <label className="col-span-2 flex items-center gap-1.5 text-ink-mute">
            <span className="max-sm:w-9">From</span>
            <Input
              type="datetime-local"
              className="max-sm:flex-1"
              value={from ?? ''}
              onChange={({ target }) => onChange({ from: target.value, to: to ?? '' })}
            />
          </label>
          <label className="col-span-2 flex items-center gap-1.5 text-ink-mute">
            <span className="max-sm:w-9">to</span>
            <Input
              type="datetime-local"
              className="max-sm:flex-1"
              value={to ?? ''}
              onChange={({ target }) => onChange({ from: from ?? '', to: target.value })}
            />
          </label>
        </>
      )}
    </>
  );
}
