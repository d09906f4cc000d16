import { Input } from '@/components/input';
import { useEdit } from '@/features/flow-editor/context';
import { type Json, textOf } from '@/features/flow-editor/model/json';
import { Labelled } from './labelled';

type Props = {
  at: string;
  label: string;
  value: Json | undefined;
  unit?: string;
  /** What holds when nothing is given. */
  standard?: number | string | undefined;
  min?: number;
  help?: string;
};

/** A number of the document; empty means the standard. */
export function NumberField({ at, label, value, unit, standard, min = 0, help }: Props) {
  const { set } = useEdit();
  return (
    <Labelled at={at} label={label} help={help}>
      {(ids) => (
        <span className="flex items-center gap-2">
          <Input
            {...ids}
            type="number"
            min={min}
            step="any"
            className="w-24"
            placeholder={standard === undefined ? '' : String(standard)}
            value={textOf(value)}
            onChange={(event) => {
              const { value: typed } = event.target;
              set(at, typed === '' ? undefined : Number(typed));
            }}
          />
          {unit && <span className="text-ink-mute">{unit}</span>}
        </span>
      )}
    </Labelled>
  );
}
