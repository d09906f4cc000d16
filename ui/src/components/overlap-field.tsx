import { Field } from './field';
import { Select } from './select';

const overlaps: [seconds: number, words: string][] = [
  [86_400, 'for a day'],
  [3_600, 'for an hour'],
  [604_800, 'for a week'],
  [0, 'no longer'],
];

/** What is chosen at first: a day. */
export const USUAL_OVERLAP = 86_400;

/** How long, in seconds, an old secret counts beside the one that takes its place. */
export function OverlapField({ value, onChange }: { value: number; onChange: (seconds: number) => void }) {
  return (
    <Field label="The old one still counts">
      {(ids) => (
        <Select {...ids} value={value} onChange={(event) => onChange(Number(event.target.value))}>
          {overlaps.map(([seconds, words]) => (
            <option key={seconds} value={seconds}>
              {words}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
