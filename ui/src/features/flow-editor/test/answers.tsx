import { ChevronRight, PinOff } from 'lucide-react';
import { use, useState } from 'react';
import { Badge } from '@/components/badge';
import { Field } from '@/components/field';
import { IconButton } from '@/components/icon-button';
import { Input, inputClass } from '@/components/input';
import { CatalogueContext } from '@/features/flow-editor/context';
import type { Doc } from '@/features/flow-editor/model/json';
import { idOf, kindOf, type Step, walk } from '@/features/flow-editor/model/steps';
import { classes } from '@/lib/classes';
import { plural } from '@/lib/format';
import type { Answer } from './kept-test';
import { PinsContext } from './results';

/** What other systems would answer in a test that sends nothing; what is changed here is pinned. */
export function Answers({ doc }: { doc: Doc }) {
  const [open, setOpen] = useState(false);
  const { actions } = use(CatalogueContext);
  const { pins, pin } = use(PinsContext);
  const steps: Step[] = [];
  walk(doc, (step) => {
    if (kindOf(step) === 'do' && idOf(step)) steps.push(step);
  });
  if (steps.length === 0) return null;
  const pinned = steps.filter((step) => idOf(step) in pins).length;
  const usual = (step: Step): Answer => ({
    status: 200,
    body: JSON.stringify(actions?.find((action) => action.name === step.do)?.sample_answer ?? null, null, 2),
  });
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
        <span className="flex-1">What other systems answer</span>
        {pinned > 0 && <Badge tone="live">{plural(pinned, 'pinned answer')}</Badge>}
      </button>
      {open && (
        <ul className="flex flex-col gap-4 border-t border-line p-3">
          {steps.map((step) => {
            const id = idOf(step);
            const answer = pins[id] ?? usual(step);
            return (
              <li key={id} className="grid grid-cols-[5rem_minmax(0,1fr)] gap-2">
                <p className="col-span-2 flex min-h-7 items-center gap-2">
                  <code className="min-w-0 flex-1 truncate font-mono text-xs">{id}</code>
                  {pins[id] && (
                    <>
                      <Badge tone="live">pinned</Badge>
                      <IconButton
                        size="sm"
                        label={`Unpin the answer to ${id}`}
                        icon={<PinOff aria-hidden="true" />}
                        onClick={() => pin(id, undefined)}
                      />
                    </>
                  )}
                </p>
                <Field label="Status">
                  {(ids) => (
                    <Input
                      {...ids}
                      type="number"
                      min={100}
                      max={599}
                      value={answer.status}
                      onChange={(event) => pin(id, { ...answer, status: Number(event.target.value) })}
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
                      onChange={(event) => pin(id, { ...answer, body: event.target.value })}
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
