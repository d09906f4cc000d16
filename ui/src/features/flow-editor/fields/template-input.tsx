import { type ReactNode, useRef, useState } from 'react';
import { inputClass } from '@/components/input';
import { type Json, textOf } from '@/features/flow-editor/model/json';
import { classes } from '@/lib/classes';
import type { Place } from '@/lib/server/testing';
import { insertPath, insertPlaceholder } from './insert';
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
  const insert = (path: string) => {
    const element = field.current;
    const put = bare ? insertPath : insertPlaceholder;
    const next = put(
      text,
      element?.selectionStart ?? text.length,
      element?.selectionEnd ?? text.length,
      path,
    );
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
    onChange: (event: { currentTarget: { value: string; selectionStart: number | null } }) => {
      const { value: typed, selectionStart } = event.currentTarget;
      onChange(typed);
      // Two braces ask for a value.
      if (!bare && typed.length > text.length && typed.slice(0, selectionStart ?? 0).endsWith('{{')) {
        setPicking(true);
      }
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
