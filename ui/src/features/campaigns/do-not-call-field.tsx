import { Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { inputClass } from '@/components/input';
import { classes } from '@/lib/classes';
import { numbersIn } from './numbers-in';
import { lines, type Parts } from './parts';

const mostBytes = 2_000_000;

/** Numbers that are not called, typed or out of a file; what the server takes for none is said by it. */
export function DoNotCallField({ settings, set, problem }: Parts) {
  const file = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(() => (settings.do_not_call ?? []).join('\n'));
  const [said, setSaid] = useState('');
  const put = (numbers: string[]) => {
    setText(numbers.join('\n'));
    set({ do_not_call: numbers });
  };
  const add = async (chosen: File | undefined) => {
    if (!chosen) return;
    if (chosen.size > mostBytes) {
      setSaid('The file is larger than 2 MB: mark the contacts instead, with an import.');
      return;
    }
    const kept = lines(text);
    const found = numbersIn(await chosen.text());
    const fresh = found.filter((number) => !kept.includes(number));
    put([...kept, ...fresh]);
    setSaid(
      found.length === 0
        ? 'No number with its country, such as +14155550199, is in the file.'
        : `${fresh.length} added, ${found.length - fresh.length} were there.`,
    );
  };
  return (
    <Field
      label="Do not call"
      help={
        <>
          Numbers, one per line, beside contacts that say so. <span role="status">{said}</span>
        </>
      }
      error={problem('/do_not_call')}
      beside={
        <>
          <Button size="sm" icon={<Upload aria-hidden="true" />} onClick={() => file.current?.click()}>
            From a CSV file
          </Button>
          <input
            ref={file}
            type="file"
            accept=".csv,.txt,text/csv,text/plain"
            aria-label="File of numbers not to call"
            className="hidden"
            onChange={(event) => {
              void add(event.target.files?.[0]);
              event.target.value = '';
            }}
          />
        </>
      }
    >
      {(ids) => (
        <textarea
          {...ids}
          rows={3}
          placeholder="+14155550199"
          className={classes(inputClass, 'h-auto py-2 font-mono text-xs leading-normal')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => set({ do_not_call: lines(text) })}
        />
      )}
    </Field>
  );
}
