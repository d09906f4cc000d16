import { Input } from '@/components/input';
import { useEdit } from '@/features/flow-editor/context';
import { type Json, textOf } from '@/features/flow-editor/model/json';
import { Labelled } from './labelled';

type Props = {
  at: string;
  label: string;
  value: Json | undefined;
  help?: string;
  placeholder?: string;
  list?: string;
  className?: string;
};

/** A plain text of the document, without placeholders; empty takes it away. */
export function TextField({ at, label, value, help, placeholder, list, className }: Props) {
  const { set } = useEdit();
  return (
    <Labelled at={at} label={label} help={help} {...(className && { className })}>
      {(ids) => (
        <Input
          {...ids}
          value={textOf(value)}
          placeholder={placeholder}
          list={list}
          onChange={(event) => set(at, event.target.value || undefined)}
        />
      )}
    </Labelled>
  );
}
