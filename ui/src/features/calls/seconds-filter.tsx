import { useEffect, useState } from 'react';
import { Input } from '@/components/input';

type Props = { label: string; value: number | undefined; onChange: (seconds: number | '') => void };

/** A number of seconds; it counts once whoever types leaves the field or presses Enter. */
export function SecondsFilter({ label, value, onChange }: Props) {
  const given = value === undefined ? '' : String(value);
  const [typed, setTyped] = useState(given);
  useEffect(() => setTyped(given), [given]);
  const submit = () => {
    if (typed !== given) onChange(typed === '' ? '' : Math.max(0, Math.round(Number(typed))));
  };
  return (
    <label className="flex items-center gap-1.5 text-ink-soft">
      <span className="max-sm:text-xs">{label}</span>
      <Input
        type="number"
        min={0}
        step={1}
        inputMode="numeric"
        className="w-18"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={submit}
        onKeyDown={(event) => event.key === 'Enter' && submit()}
      />
      <span>s</span>
    </label>
  );
}
