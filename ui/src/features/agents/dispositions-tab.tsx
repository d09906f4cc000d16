import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { IconButton } from '@/components/icon-button';
import { Input } from '@/components/input';
import { Panel } from '@/components/panel';
import { useAgent, useProblem } from './context';
import { replaced } from './settings';

/** Outcomes of the agent's own, beside those of the system. */
export function DispositionsTab() {
  const { settings, set, problems } = useAgent();
  const problem = useProblem();
  const [word, setWord] = useState('');
  const all = settings.dispositions ?? [];
  const wrong = problems.find(({ path }) => path.startsWith('/dispositions/'));
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (!word.trim()) return;
    set({ dispositions: [...all, word.trim()] });
    setWord('');
  };
  return (
    <Panel>
      <form onSubmit={add} className="flex flex-col gap-4">
        <Field
          label="A disposition of its own"
          help="Beside Interested, Not interested, Call later, DNC, Voicemail and Wrong number."
          error={problem('/dispositions') ?? wrong?.message}
        >
          {(ids) => (
            <div className="flex gap-2">
              <Input
                {...ids}
                maxLength={60}
                autoComplete="off"
                placeholder="Wants a demo"
                className="min-w-0 flex-1"
                value={word}
                onChange={(event) => setWord(event.target.value)}
              />
              <Button type="submit" disabled={!word.trim()}>
                Add
              </Button>
            </div>
          )}
        </Field>
        {all.length > 0 && (
          <ul aria-label="Dispositions" className="flex flex-wrap gap-2">
            {all.map((disposition, at) => (
              <li key={at} className="flex items-center gap-1 rounded-md bg-inset py-0.5 pr-0.5 pl-2.5">
                {disposition}
                <IconButton
                  size="sm"
                  label={`Remove ${disposition}`}
                  icon={<X aria-hidden="true" />}
                  onClick={() => set({ dispositions: replaced(all, at, undefined) })}
                />
              </li>
            ))}
          </ul>
        )}
      </form>
    </Panel>
  );
}
