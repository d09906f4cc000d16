import { TemplateInput } from '@/features/flow-editor/fields/template-input';

type Props = { at: string; text: string; label: string; onChange: (text: string) => void };

/** A part that rows cannot show: it stays text. */
export function ConditionText({ at, text, label, onChange }: Props) {
  return (
    <TemplateInput
      at={at}
      aria-label={`Condition of ${label}`}
      value={text}
      onChange={onChange}
      as="condition"
      bare
      preview={false}
    />
  );
}
