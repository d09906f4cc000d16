import { ChevronRight } from 'lucide-react';
import { use, useState } from 'react';
import { Field } from '@/components/field';
import { Input, inputClass } from '@/components/input';
import { CatalogueContext } from '@/features/flow-editor/context';
import type { Doc } from '@/features/flow-editor/model/json';
import { idOf, kindOf, type Step, walk } from '@/features/flow-editor/model/steps';
import { classes } from '@/lib/classes';
import type { Answer, Test } from './use-test';

/** What other systems would answer in a test that sends nothing. */
export function Answers({ test, doc }: { test: Test; doc: Doc }) {
  const [open, setOpen] = useState(false);
  const { actions } = use(CatalogueContext);
  const steps: Step[] = [];
  walk(doc, (step) => {
    if (kindOf(step) === 'do' && idOf(step)) steps.push(step);
  });
  if (steps.length === 0) return null;
  const usual = (step: Step): Answer => ({
    status: 200,
    body: JSON.stringify(actions?.find((action) => action.name === step.do)?.sample_answer ?? null, null, 2),
  });
  const put = (id: string, answer: Answer) => test.setAnswers({ ...test.answers, [id]: answer });
  return (
    <div className="rounded-md border border-line">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex h-9 w-full items-center gap-1.5 px-3 text-left text-ink-soft hover:text-ink"
      >
        <ChevronRight
          aria-hidden="true"
          className={classes('size-3.5 transition-transform', open && 'rotate-90')}
        />
        What other systems answer
      </button>
      {open && (
        <ul className="flex flex-col gap-4 border-t border-line p-3">
          {steps.map((step) => {
            const id = idOf(step);
            const answer = test.answers[id] ?? usual(step);
            return (
              <li key={id} className="grid grid-cols-[5rem_minmax(0,1fr)] gap-2">
                <p className="col-span-2 font-mono text-xs">{id}</p>
                <Field label="Status">
                  {(ids) => (
                    <Input
                      {...ids}
                      type="number"
                      min={100}
                      max={599}
                      value={answer.status}
                      onChange={(event) => put(id, { ...answer, status: Number(event.target.value) })}
                    />
                  )}
                </Field>
                <Field label="Body">
                  {(ids) => (
                    <textarea
                      {...ids}
                      spellCheck={false}
                      rows={2}
                      value={answer.body}
                      onChange={(event) => put(id, { ...answer, body: event.target.value })}
                      className={classes(
                        inputClass,
                        'field-sizing-content h-auto max-h-48 py-1.5 font-mono text-xs',
                      )}
                    />
                  )}
                </Field>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
