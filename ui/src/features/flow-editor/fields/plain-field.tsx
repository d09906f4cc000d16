import { Input, inputClass } from '@/components/input';
import { useEdit } from '@/features/flow-editor/context';
import { type Json, textOf } from '@/features/flow-editor/model/json';
import { classes } from '@/lib/classes';
import { Labelled } from './labelled';

type Props = {
  at: string;
  label: string;
  value: Json | undefined;
  help?: string | undefined;
  placeholder?: string | undefined;
  multiline?: boolean;
  required?: boolean;
  quiet?: boolean;
};

/** A text in which nothing is filled in, such as code: as it stands, so it goes. */
export function PlainField({
  at,
  label,
  value,
  help,
  placeholder,
  multiline = false,
  required = false,
  quiet = false,
}: Props) {
  const { set } = useEdit();
  const put = (text: string) => set(at, text === '' && !required ? undefined : text);
  return (
    <Labelled at={at} label={label} help={help} quiet={quiet}>
      {(ids) =>
        multiline ? (
          <textarea
            {...ids}
            value={textOf(value)}
            placeholder={placeholder}
            spellCheck={false}
            rows={4}
            onChange={(event) => put(event.target.value)}
            className={classes(
              inputClass,
              'field-sizing-content h-auto max-h-[32rem] min-h-24 w-full py-1.5 font-mono text-xs',
            )}
          />
        ) : (
          <Input
            {...ids}
            value={textOf(value)}
            placeholder={placeholder}
            onChange={(event) => put(event.target.value)}
          />
        )
      }
    </Labelled>
  );
}
