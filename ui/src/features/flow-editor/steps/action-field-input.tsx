import { useEdit } from '@/features/flow-editor/context';
import { AuthField } from '@/features/flow-editor/fields/auth-field';
import { ChoiceField } from '@/features/flow-editor/fields/choice-field';
import { FilesField } from '@/features/flow-editor/fields/files-field';
import { JsonField } from '@/features/flow-editor/fields/json-field';
import { Labelled } from '@/features/flow-editor/fields/labelled';
import { PairsField } from '@/features/flow-editor/fields/pairs-field';
import { PlainField } from '@/features/flow-editor/fields/plain-field';
import { TemplateField } from '@/features/flow-editor/fields/template-field';
import { type Json, textOf } from '@/features/flow-editor/model/json';
import type { ActionField } from '@/lib/types';
import { addressesOf, inputOf, numberOf } from './action-input';

type Props = { field: ActionField; at: string; value: Json | undefined; quiet?: boolean };

/** One field of an action, as its description says; a kind of input that came later is a text or JSON. */
export function ActionFieldInput({ field, at, value, quiet = false }: Props) {
  const { set } = useEdit();
  const { label, secrets, required } = field;
  const help = field.help || undefined;
  const placeholder = textOf(field.example as Json);
  const put = (next: Json | undefined) => set(at, next);
  const input = inputOf(field, value);
  switch (input) {
    case 'pairs':
      return (
        <Labelled at={at} label={label} quiet={quiet}>
          {() => (
            <PairsField
              at={at}
              label={label}
              value={value}
              onChange={put}
              secrets={secrets}
              add={`Add to ${label.toLowerCase()}`}
            />
          )}
        </Labelled>
      );
    case 'json':
      return (
        <JsonField
          at={at}
          label={label}
          quiet={quiet}
          help={help}
          value={value ?? (Array.isArray(field.example) ? [] : {})}
          onChange={put}
          secrets={secrets}
          plain={!field.placeholders}
        />
      );
    case 'choice':
    case 'truth':
      return (
        <ChoiceField
          at={at}
          label={label}
          quiet={quiet}
          value={value}
          truth={input === 'truth'}
          options={[
            ...(required ? [] : [['', 'Automatic'] as const]),
            ...(input === 'truth'
              ? ([
                  ['true', 'Yes'],
                  ['false', 'No'],
                ] as const)
              : field.choices.map((choice) => [choice.value, choice.label] as const)),
          ]}
        />
      );
    case 'files':
      return <FilesField at={at} label={label} help={help} value={value} onChange={put} secrets={secrets} />;
    case 'auth':
      return <AuthField at={at} label={label} value={value ?? ''} onChange={put} />;
    case 'plain':
    case 'plain_long':
      return (
        <PlainField
          at={at}
          label={label}
          quiet={quiet}
          help={help}
          value={value}
          placeholder={placeholder}
          multiline={input === 'plain_long'}
          required={required}
        />
      );
    default:
      return (
        <TemplateField
          at={at}
          label={label}
          quiet={quiet}
          help={input === 'url' || input === 'long_text' ? undefined : help}
          value={input === 'addresses' ? addressesOf(value) : value}
          placeholder={placeholder}
          secrets={secrets}
          required={required}
          multiline={input === 'long_text'}
          as={input === 'url' ? 'url' : 'template'}
          {...(input === 'number' && { read: numberOf })}
        />
      );
  }
}
