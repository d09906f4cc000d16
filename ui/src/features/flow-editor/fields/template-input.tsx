import { type ChangeEvent, type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { inputClass } from '@/components/input';
import { type Json, textOf } from '@/features/flow-editor/model/json';
import { classes } from '@/lib/classes';
import type { Place } from '@/lib/server/testing';
import type { Filter } from '@/lib/types';
import { insertFilter, insertPath, insertPlaceholder, typedAt, withoutBraces } from './insert';
import { Preview } from './preview';
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
  const [picking, setPicking] = useState(false);
  const text = textOf(value);
  const cursor = () => field.current?.selectionStart ?? text.length;
  const typed = picking ? typedAt(text, cursor(), bare) : undefined;
  const insert = (path: string, filter?: Filter) => {
    const element = field.current;
    const { from } = typedAt(text, cursor(), bare);
    const to = element?.selectionEnd ?? text.length;
    const put = bare ? insertPath : insertPlaceholder;
    const next = filter
      ? insertFilter(text, from, to, filter.name, filter.required > 0)
      : put(text, from, to, path);
    onChange(next.text);
    // After React has written the value, and after the list has given the focus back.
    setTimeout(() => {
      element?.focus();
      element?.setSelectionRange(next.cursor, next.cursor);
    }, 30);
  };
  const shared = {
    ...labels,
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
      const before = typed.slice(0, selectionStart ?? 0);
      // Two braces ask for a value, a stroke in an expression for a filter.
      const asks = (!bare && before.endsWith('{{')) || typedAt(typed, before.length, bare).filter;
      if (asks && /[{|]$/.test(before) && typed.length > text.length) setPicking(true);
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== ' ' || !event.ctrlKey) return;
      event.preventDefault();
      setPicking(true);
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
          at={at}
          onPick={insert}
          secrets={secrets}
          answer={answer}
          bare={bare}
          word={typed?.word ?? ''}
          filter={typed?.filter ?? false}
          open={picking}
          onOpen={setPicking}
          field={field}
        />
        {beside}
      </div>
      {preview && <Preview text={text} as={as} at={at} answer={answer} />}
    </div>
  );
}
