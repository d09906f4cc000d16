import { useEdit } from '@/features/flow-editor/context';
import type { Json } from '@/features/flow-editor/model/json';
import type { Place } from '@/lib/server/testing';
import { Labelled } from './labelled';
import { TemplateInput } from './template-input';

type Props = {
  at: string;
  label: string;
  value: Json | undefined;
  help?: string | undefined;
  placeholder?: string | undefined;
  as?: Place;
  multiline?: boolean;
  secrets?: boolean;
  /** An empty text stays in the document: the field must be given. */
  required?: boolean;
  className?: string;
  quiet?: boolean;
  /** What is kept of what is typed, where that is no text. */
  read?: (text: string) => Json;
};

/** A labelled text with placeholders, at its place in the document. */
export function TemplateField({
  at,
  label,
  value,
  help,
  required = false,
  className,
  quiet = false,
  read = (text) => text,
  ...input
}: Props) {
  const { set } = useEdit();
  return (
    <Labelled at={at} label={label} help={help} deep quiet={quiet} {...(className && { className })}>
      {(ids) => (
        <TemplateInput
          {...ids}
          {...input}
          at={at}
          value={value}
          onChange={(text) => set(at, text === '' && !required ? undefined : read(text))}
        />
      )}
    </Labelled>
  );
}
