import { Input } from './input';

type Props = {
  from: string | undefined;
  to: string | undefined;
  type: 'date' | 'datetime-local';
  onChange: (end: 'from' | 'to', value: string) => void;
};

/** From when to when, as two dates. */
export function DateEnds({ from = '', to = '', type, onChange }: Props) {
  const ends = [
    ['from', 'From', from],
    ['to', 'to', to],
  ] as const;
  return ends.map(([end, words, value]) => (
    <label key={end} className="col-span-2 flex items-center gap-1.5 text-ink-mute">
      <span className="max-sm:w-9">{words}</span>
      <Input
        type={type}
        className="max-sm:flex-1"
        value={value}
        onChange={({ target }) => onChange(end, target.value)}
      />
    </label>
  ));
}
