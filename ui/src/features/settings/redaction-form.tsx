import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { NotSaved } from '@/components/not-saved';
import { ProblemList } from '@/components/problem-list';
import { useMay } from '@/lib/may';
import { problemsOf } from '@/lib/problem';
import type { Known } from '@/lib/server/known';
import { type Redaction, useSaveRedaction } from '@/lib/server/privacy';
import { sayAfter } from '@/lib/toasts';

const whole = [
  ['from', 'Number that calls'],
  ['to', 'Number that is called'],
  ['contact', 'Contact: names, number, address, columns'],
  ['transcript', 'Transcript, and words quoted from it'],
  ['summary', 'Summary'],
  ['recording', 'Recording'],
  ['answers', 'Answers to key questions'],
  ['variables', 'All variables'],
  ['transfer', 'Number that a call is transferred to'],
  ['tools', 'What tools are called with'],
  ['metadata', 'Metadata'],
] as const;

const isWhole = (field: string) => whole.some(([name]) => name === field);
const list = (text: string) =>
  text
    .split(',')
    .map((field) => field.trim())
    .filter((field) => field !== '');

/** Which fields of calls are hidden until an administrator asks to see them. */
export function RedactionForm({ known }: { known: Known<Redaction> }) {
  const redaction = known.value;
  const { why } = useMay('admin');
  const save = useSaveRedaction(known);
  const [chosen, setChosen] = useState(redaction.fields.filter(isWhole));
  const [single, setSingle] = useState(redaction.fields.filter((field) => !isWhole(field)).join(', '));
  const problems = problemsOf(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const fields = [...chosen, ...list(single)];
    const note =
      fields.length > 0
        ? 'They are hidden from now on, in past calls as well.'
        : 'Everybody sees everything.';
    sayAfter(save.mutateAsync(fields), 'Confidential fields saved', note);
  };
  const choose = (field: string, on: boolean) =>
    setChosen(on ? [...chosen, field] : chosen.filter((other) => other !== field));
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {save.isError &&
        (problems.length > 0 ? (
          <ProblemList problems={problems} />
        ) : (
          <NotSaved error={save.error} what="The settings were not saved" />
        ))}
      <p className="max-w-prose text-ink-soft">
        Shown as [redacted] in calls, runs, deliveries, messages and exports, until an administrator presses
        Show, which the audit log records. Flows see everything, and what they send stays as it is.
      </p>
      <fieldset className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
        <legend className="sr-only">Hidden fields</legend>
        {whole.map(([field, label]) => (
          <label key={field} className="flex items-start gap-2">
            <input
              type="checkbox"
              checked={chosen.includes(field)}
              onChange={(event) => choose(field, event.target.checked)}
              className="mt-0.5 size-4 accent-accent"
            />
            {label}
          </label>
        ))}
      </fieldset>
      <Field label="Single fields" help="Of a contact, of variables, tools or metadata: separated by commas.">
        {(ids) => (
          <Input
            {...ids}
            autoComplete="off"
            spellCheck={false}
            placeholder="contact.email, variables.ssn"
            className="font-mono text-xs"
            value={single}
            onChange={(event) => setSingle(event.target.value)}
          />
        )}
      </Field>
      {redaction.variables.length > 0 && (
        <p className="text-xs text-ink-mute">
          Hidden because agents call them confidential:{' '}
          <span className="font-mono">{redaction.variables.join(', ')}</span>
        </p>
      )}
      <div className="flex justify-end">
        <Button type="submit" look="primary" why={why} busy={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}
