import { useState } from 'react';
import { type QuickRange, quickRanges, rangeOf } from '@/lib/ranges';
import { DateEnds } from './date-ends';
import { Select } from './select';

type Name = QuickRange | 'own' | '';
type Chosen = { name: Name; from: string; to: string };
type Props = {
  from?: string | undefined;
  to?: string | undefined;
  onChange: (range: { from: string; to: string }) => void;
};

/** From when to when: a range by its name, or two dates. */
export function DateRange({ from = '', to = '', onChange }: Props) {
  // What was chosen here keeps its name while the clock goes on, until other dates come from elsewhere.
  const [chosen, setChosen] = useState<Chosen>();
  const [seen, setSeen] = useState({ from, to });
  if (seen.from !== from || seen.to !== to) {
    setSeen({ from, to });
    if (chosen?.from !== from || chosen.to !== to) setChosen(undefined);
  }
  const name = chosen?.name ?? nameOf(from, to);
  const choose = (name: Name, range: { from: string; to: string }) => {
    setChosen({ name, ...range });
    onChange(range);
  };
  return (
    <>
      <Select
        aria-label="Time range"
        value={name}
        onChange={({ target }) => {
          const name = target.value as Name;
          if (name === 'own') setChosen({ name, from, to });
          else choose(name, { from: '', to: '', ...(name && rangeOf(name)) });
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
        <DateEnds
          type="datetime-local"
          from={from}
          to={to}
          onChange={(end, value) => choose('own', { from, to, [end]: value })}
        />
      )}
    </>
  );
}

function nameOf(from: string, to: string): Name {
  if (!from && !to) return '';
  const same = (each: QuickRange) => {
    const range = rangeOf(each);
    return (range.from ?? '') === from && (range.to ?? '') === to;
  };
  return (Object.keys(quickRanges) as QuickRange[]).find(same) ?? 'own';
}
