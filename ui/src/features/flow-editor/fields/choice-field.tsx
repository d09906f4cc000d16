import { Select } from '@/components/select';
import { useEdit } from '@/features/flow-editor/context';
import { type Json, textOf } from '@/features/flow-editor/model/json';
import { Labelled } from './labelled';

type Props = {
  at: string;
  label: string;
  value: Json | undefined;
  /** A value that is empty takes the member away. */
  options: readonly (readonly [value: string, label: string])[];
  help?: string | undefined;
  quiet?: boolean;
  /** The values are `true` and `false`, not words. */
  truth?: boolean;
};

/** One of a few values; one that is not among them is shown as it is. */
export function ChoiceField({ at, label, value, options, help, quiet = false, truth = false }: Props) {
  const { set } = useEdit();
  const text = textOf(value);
  const put = (next: string) => set(at, next === '' ? undefined : truth ? next === 'true' : next);
  const known = options.some(([option]) => option === text);
  return (
    <Labelled at={at} label={label} help={help} quiet={quiet}>
      {(ids) => (
        <Select {...ids} value={text} onChange={(event) => put(event.target.value)}>
          {!known && <option value={text}>{text || '–'}</option>}
          {options.map(([option, words]) => (
            <option key={option} value={option}>
              {words}
            </option>
          ))}
        </Select>
      )}
    </Labelled>
  );
}
