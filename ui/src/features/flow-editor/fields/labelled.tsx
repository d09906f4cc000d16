import type { ReactNode } from 'react';
import { Field, type FieldIds } from '@/components/field';
import { useMarks } from '@/features/flow-editor/context';
import { HelpText } from './help-text';
import { MarkList } from './mark-list';

type Props = {
  at: string;
  label: string;
  help?: ReactNode;
  /** Also shows what is wrong with the parts of the value. */
  deep?: boolean;
  beside?: ReactNode;
  className?: string;
  quiet?: boolean;
  children: (ids: FieldIds) => ReactNode;
};

/** A field of the document: its label, what is wrong with it, and the place by which it is found. */
export function Labelled({
  at,
  label,
  help,
  deep = false,
  beside,
  className,
  quiet = false,
  children,
}: Props) {
  const { problems, warnings } = useMarks(at, deep);
  return (
    <div data-at={at} className={className}>
      <Field
        label={label}
        help={typeof help === 'string' ? <HelpText>{help}</HelpText> : help}
        beside={beside}
        quiet={quiet}
        error={problems.map(({ message }) => message).join('; ') || undefined}
      >
        {children}
      </Field>
      <MarkList problems={[]} warnings={warnings} />
    </div>
  );
}
