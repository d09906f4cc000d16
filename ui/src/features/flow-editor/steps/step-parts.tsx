import { type FocusEvent, type ReactNode, useRef, useState } from 'react';
import { Segmented } from '@/components/segmented';
import type { Step } from '@/features/flow-editor/model/steps';
import { classes } from '@/lib/classes';
import { say } from '@/lib/toasts';
import { InputColumn } from './input-column';
import { OutputColumn } from './output-column';
import { lastField, putValue } from './put-value';

type Part = 'form' | 'input' | 'output';
type Props = {
  step: Step;
  at: string;
  /** All three stand side by side where there is room for that. */
  wide?: boolean;
  children: ReactNode;
};

/** The form of a step, what it can use and what it gives: one of them at a time where they do not fit beside each other. */
export function StepParts({ step, at, wide = false, children }: Props) {
  const [part, setPart] = useState<Part>('form');
  const frame = useRef<HTMLDivElement>(null);
  const last = useRef<Element>(null);
  const remember = ({ target }: FocusEvent) => {
    if (target.matches('[data-takes]')) last.current = target;
  };
  const put = (path: string) => {
    const field = lastField(frame.current, last.current);
    if (!field)
      return say('Nowhere to put it yet', 'Click into a field of the form first, or drag the value there.');
    setPart('form');
    // A field that is not seen takes no focus.
    setTimeout(() => putValue(field, path));
  };
  const shown = (each: Part, side: string) =>
    classes('min-w-0', part !== each && (wide ? 'hidden @4xl:block' : 'hidden'), wide && side);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only remembers where the focus was
    <div ref={frame} onFocus={remember}>
      <div data-parts className={classes('flex px-3 pt-3 sm:px-4', wide && '@4xl:hidden')}>
        <Segmented
          label="What of the step is shown"
          options={[
            ['form', 'Form'],
            ['input', 'Input'],
            ['output', 'Output'],
          ]}
          value={part}
          onChange={setPart}
        />
      </div>
      <div
        className={classes(
          'grid grid-cols-[minmax(0,1fr)] items-stretch',
          wide && '@4xl:grid-cols-[15rem_minmax(0,1fr)_19rem]',
        )}
      >
        <div className={shown('input', '@4xl:border-r @4xl:border-line')}>
          {(wide || part === 'input') && <InputColumn at={at} onPut={put} />}
        </div>
        <div data-form className={shown('form', '')}>
          {children}
        </div>
        <div className={shown('output', '@4xl:border-l @4xl:border-line')}>
          {(wide || part === 'output') && <OutputColumn step={step} />}
        </div>
      </div>
    </div>
  );
}
