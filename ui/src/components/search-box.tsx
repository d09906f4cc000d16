import { useEffect, useState } from 'react';
import { classes } from '@/lib/classes';
import { Input } from './input';

type Props = {
  label: string;
  placeholder: string;
  value: string;
  onChange: (words: string) => void;
  className?: string;
};

const PAUSE = 250;

/** The search of a list: words count once whoever types pauses. */
export function SearchBox({ label, placeholder, value, onChange, className }: Props) {
  const [words, setWords] = useState(value);
  // A space at the end is the beginning of another word.
  useEffect(() => setWords((old) => (old.trim() === value ? old : value)), [value]);
  useEffect(() => {
    const next = words.trim();
    if (next === value) return;
    const timer = setTimeout(() => onChange(next), PAUSE);
    return () => clearTimeout(timer);
  }, [words, value, onChange]);
  return (
    <Input
      data-search
      type="search"
      aria-label={label}
      placeholder={placeholder}
      maxLength={100}
      value={words}
      onChange={(event) => setWords(event.target.value)}
      className={classes('sm:w-60', className)}
    />
  );
}
