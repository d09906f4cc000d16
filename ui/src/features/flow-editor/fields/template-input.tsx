import { useQueryClient } from '@tanstack/react-query';
import { type ChangeEvent, type KeyboardEvent, type ReactNode, use, useRef, useState } from 'react';
import { inputClass } from '@/components/input';
import { MakeContext } from '@/features/flow-editor/context';
import { type Json, textOf } from '@/features/flow-editor/model/json';
import { classes } from '@/lib/classes';
import { filtersQuery, type Place } from '@/lib/server/testing';
import { insertFilter, insertPath, insertPlaceholder, typedAt, withoutBraces } from './insert';
import { Preview } from './preview';
import { Suggestions } from './suggestions';
import { fresh } from './use-choices';
import { useSuggest } from './use-suggest';
import { ValuePicker } from './value-picker';

type Element = HTMLInputElement | HTMLTextAreaElement;

type Props = {
  at: string;
  value: Json | undefined;
  onChange: (text: string) => void;
  as?: Place;
  /** A whole expression, without `{{ }}`. */
  bare?: boolean;
  multiline?: boolean;
  secrets?: boolean;
  answer?: unknown;
  placeholder?: string | undefined;
  beside?: ReactNode;
  preview?: boolean;
  id?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
};

/** A text that may hold placeholders: values are put in at the cursor, and what it becomes stands below. */
export function TemplateInput({
  at,
  value,
  onChange,
  as = 'template',
  bare = false,
  multiline = false,
  secrets = false,
  answer,
  preview = true,
  placeholder,
  beside,
  ...labels
}: Props) {
  const field = useRef<Element>(null);
  const text = textOf(value);
  const make = use(MakeContext);
  const client = useQueryClient();
  const [making, setMaking] = useState(false);
  const cursor = () => field.current?.selectionStart ?? text.length;
  const suggest = useSuggest({ at, secrets, answer, bare }, pick);

  function pick(choice: string): void {
    if (choice === fresh) {
      setMaking(true);
      return;
    }
    const element = field.current;
    const { from, filter } = typedAt(text, cursor(), bare);
    const to = element?.selectionEnd ?? text.length;
    const put = bare ? insertPath : insertPlaceholder;
    const known = client.getQueryData(filtersQuery().queryKey)?.find(({ name }) => name === choice);
    const next = filter
      ? insertFilter(text, from, to, choice, known !== undefined && known.required > 0)
      : put(text, from, to, choice);
    onChange(next.text);
    // After React has written the value, and after a list has given the focus back.
    setTimeout(() => {
      element?.focus();
      element?.setSelectionRange(next.cursor, next.cursor);
    }, 30);
  }
  const shared = {
    ...labels,
    ...suggest.roles,
    'data-takes': bare ? 'path' : 'placeholder',
    ref: (element: Element | null) => {
      field.current = element;
    },
    value: text,
    placeholder,
    spellCheck: !bare,
    autoComplete: 'off',
    onChange: (event: ChangeEvent<Element>) => {
      const { value: typed, selectionStart } = event.currentTarget;
      // What is dragged or pasted here may come with the braces that other fields need.
      const brought = /^insertFrom/.test((event.nativeEvent as InputEvent).inputType ?? '');
      onChange(bare && brought ? withoutBraces(typed) : typed);
      // What is written of an expression is helped with: behind two braces at once, else from its first letter on.
      const at = selectionStart ?? 0;
      const word = typedAt(typed, at, bare);
      const opens = word.filter || word.word !== '' || (!bare && /\{\{\s*$/.test(typed.slice(0, at)));
      suggest.ask(opens ? word : undefined);
    },
    onBlur: suggest.close,
    onClick: suggest.close,
    onKeyDown: (event: KeyboardEvent) => {
      if (suggest.press(event) || event.key !== ' ' || !event.ctrlKey) return;
      event.preventDefault();
      suggest.ask(typedAt(text, cursor(), bare), true);
    },
  };
  return (
    <div className="min-w-0">
      <div className="flex items-start gap-1">
        {multiline ? (
          <textarea
            {...shared}
            rows={2}
            className={classes(inputClass, 'field-sizing-content h-auto max-h-80 min-h-16 flex-1 py-1.5')}
          />
        ) : (
          <input {...shared} className={classes(inputClass, 'flex-1', bare && 'font-mono text-xs')} />
        )}
        <ValuePicker
          asked={{ at, secrets, answer, bare, filter: typedAt(text, cursor(), bare).filter }}
          onPick={pick}
          field={field}
        />
        {beside}
      </div>
      {suggest.open && (
        <Suggestions
          id={suggest.id}
          label="What could stand here"
          choices={suggest.choices}
          lit={suggest.lit}
          onLight={suggest.setLit}
          onPick={suggest.choose}
          field={field.current}
        />
      )}
      {making &&
        make?.(
          { what: 'secret' },
          (name) => pick(`secrets.${name}`),
          () => setMaking(false),
        )}
      {preview && !suggest.open && <Preview text={text} as={as} at={at} answer={answer} />}
    </div>
  );
}
