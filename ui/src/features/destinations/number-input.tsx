import { Input } from '@/components/input';

type Props = {
  ids: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true };
  value: string;
  onChange: (value: string) => void;
  min: number;
  step: number | 'any';
};

/** A number that may be left out. */
export function NumberInput({ ids, value, onChange, min, step }: Props) {
  return (
    <Input
      {...ids}
      type="number"
      inputMode="decimal"
      min={min}
      step={step}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
