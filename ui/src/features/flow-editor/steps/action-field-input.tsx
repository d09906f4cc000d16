import { useEdit } from '@/features/flow-editor/context';
import { AuthField } from '@/features/flow-editor/fields/auth-field';
import { ChoiceField } from '@/features/flow-editor/fields/choice-field';
import { JsonField } from '@/features/flow-editor/fields/json-field';
import { Labelled } from '@/features/flow-editor/fields/labelled';
import { PairsField } from '@/features/flow-editor/fields/pairs-field';
import { TemplateField } from '@/features/flow-editor/fields/template-field';
import { type Json, textOf } from '@/features/flow-editor/model/json';
import type { ActionField } from '@/lib/types';

type Props = { field: ActionField; at: string; value: Json | undefined; quiet?: boolean };

/** One field of an action, as its description says. */
export function ActionFieldInput({ field, at, value, quiet = false }: Props) {
  const { set } = useEdit();
  const { label, help, secrets, required } = field;
  const example = textOf(field.example as Json);
  const words = { at, label, quiet };
  switch (field.type) {
    case 'pairs':
      return (
        <Labelled at={at} label={label} quiet={quiet}>
          {() => (
            <PairsField
              at={at}
              label={label}
              value={value}
              onChange={(next) => set(at, next)}
              secrets={secrets}
              add={`Add to ${label.toLowerCase()}`}
            />
          )}
        </Labelled>
      );
    case 'json':
      return (
        <JsonField {...words} value={value ?? {}} onChange={(next) => set(at, next)} secrets={secrets} />
      );
    case 'choice':
      return (
        <ChoiceField
          {...words}
          value={value}
          options={[
            ...(required ? [] : [['', 'Automatic'] as const]),
            ...field.choices.map((choice) => [choice.value, choice.label] as const),
          ]}
        />
      );
    case 'auth':
      return <AuthField at={at} label={label} value={value ?? ''} onChange={(next) => set(at, next)} />;
    case 'secret':
      return (
        <TemplateField {...words} value={value} placeholder={example} secrets={secrets} required={required} />
      );
    case 'long_text':
      return (
        <TemplateField
          {...words}
          value={value}
          placeholder={example}
          multiline
          secrets={secrets}
          required={required}
        />
      );
    case 'sql':
      return (
        <TemplateField
          {...words}
          help={help || undefined}
          value={value}
          placeholder={example}
          multiline
          secrets={secrets}
          required={required}
        />
      );
    case 'url':
      return (
        <TemplateField
          {...words}
          value={value}
          placeholder={example}
          as="url"
          secrets={secrets}
          required={required}
        />
      );
    default:
      return (
        <TemplateField
          {...words}
          help={help || undefined}
          value={value}
          placeholder={example}
          secrets={secrets}
          required={required}
        />
      );
  }
}
