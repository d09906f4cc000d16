import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Input } from '@/components/input';
import { numberIn } from '@/lib/number-in';
import { type CallFilter, readCallFilter } from './filter';

type Props = { filter: CallFilter; onChange: (filter: CallFilter) => void };

/** One field for a number, exactly, or the name of a contact, which leads to their number. */
export function CallSearch({ filter, onChange }: Props) {
  const given = filter.find ?? filter.number ?? '';
  const [text, setText] = useState(given);
  useEffect(() => setText(given), [given]);
  const submit = (typed: string) => {
    const number = numberIn(typed);
    onChange(readCallFilter({ ...filter, number: number ?? '', find: number ? '' : typed.trim() }));
  };
  return (
    <form
      className="relative col-span-2"
      onSubmit={(event) => {
        event.preventDefault();
        submit(text);
      }}
    >
      <Search
        aria-hidden="true"
        className="absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-ink-mute"
      />
      <Input
        data-search
        type="search"
        aria-label="Number or contact"
        placeholder="Number or contact, then Enter"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          if (event.target.value === '') submit('');
        }}
        className="w-full pl-8 sm:w-68"
      />
    </form>
  );
}
