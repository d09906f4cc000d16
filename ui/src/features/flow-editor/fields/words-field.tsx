import { Plus, X } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '@/components/button';
import { Input } from '@/components/input';
import { useEdit } from '@/features/flow-editor/context';
import { type Json, listOf, textOf } from '@/features/flow-editor/model/json';
import { Labelled } from './labelled';

type Props = {
  at: string;
  label: string;
  value: Json | undefined;
  placeholder: string;
  help?: string;
  known?: string[];
  /** Shows the known ones to be clicked, not only while something is typed. */
  offers?: boolean;
};

/** As many as are still looked through; others are typed. */
const most = 12;

/** Several words of one's own; each is added with Enter or a comma, and what is left in the field when it is left. */
export function WordsField({ at, label, value, placeholder, help, known = [], offers = false }: Props) {
  const { set } = useEdit();
  const [draft, setDraft] = useState('');
  const options = useId();
  const words = listOf(value).map(textOf);
  const put = (next: string[]) => set(at, next.length > 0 ? next : undefined);
  const add = () => {
    const fresh = draft
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '' && !words.includes(word));
    if (fresh.length > 0) put([...words, ...fresh]);
    setDraft('');
  };
  return (
    <Labelled at={at} label={label} help={help} deep>
      {(ids) => (
        <div className="flex flex-wrap items-center gap-1.5">
          {words.map((word, i) => (
            <span
              key={`${word}-${i}`}
              className="inline-flex h-7 items-center gap-1 rounded-md bg-inset pl-2 text-ink"
            >
              {word}
              <button
                type="button"
                aria-label={`Remove ${word}`}
                className="grid size-7 place-items-center rounded-md text-ink-mute hover:text-ink"
                onClick={() => put(words.toSpliced(i, 1))}
              >
                <X aria-hidden="true" className="size-3.5" />
              </button>
            </span>
          ))}
          <Input
            {...ids}
            list={known.length > 0 ? options : undefined}
            className="min-w-40 flex-1"
            placeholder={words.length === 0 ? placeholder : 'or …'}
            value={draft}
            onBlur={add}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' || event.key === ',') {
                event.preventDefault();
                add();
              } else if (event.key === 'Backspace' && draft === '') put(words.slice(0, -1));
            }}
          />
          {known.length > 0 && (
            <datalist id={options}>
              {known
                .filter((word) => !words.includes(word))
                .map((word) => (
                  <option key={word} value={word} />
                ))}
            </datalist>
          )}
          {offers && (
            <span role="group" aria-label={`Known: ${label}`} className="flex flex-wrap gap-1 empty:hidden">
              {known
                .filter((word) => !words.includes(word))
                .slice(0, most)
                .map((word) => (
                  <Button
                    key={word}
                    size="sm"
                    icon={<Plus aria-hidden="true" />}
                    onClick={() => put([...words, word])}
                  >
                    {word}
                  </Button>
                ))}
            </span>
          )}
        </div>
      )}
    </Labelled>
  );
}
