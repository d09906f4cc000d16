import { Copy, Scissors, Trash2 } from 'lucide-react';
import { Button } from '@/components/button';
import { useEdit } from '@/features/flow-editor/context';
import {
  type Range,
  removeSteps,
  stepsOf,
  type Wrapper,
  wrapSteps,
} from '@/features/flow-editor/model/ranges';
import { copySteps } from '@/features/flow-editor/steps/carry';
import { StepIcon } from '@/features/flow-editor/steps/icons';
import { plural } from '@/lib/format';
import { say } from '@/lib/toasts';

const wrappers: [kind: Wrapper, label: string][] = [
  ['if', 'Into a branch'],
  ['try', 'Into a try'],
  ['for_each', 'Into a loop'],
];

/** What can be done with several steps at once. */
export function RangeBar({ range }: { range: Range }) {
  const { move, read } = useEdit();
  const words = plural(range.count, 'step');
  const copy = (done: string) => {
    copySteps(stepsOf(read(), range));
    say(`${done} ${words}`, 'Ctrl+V puts them behind another step, in any flow and any window.');
  };
  return (
    <section
      aria-label="Steps that are chosen together"
      className="flex flex-wrap items-center gap-2 rounded-lg border border-accent bg-accent-soft px-3 py-2"
    >
      <span role="status" className="flex-1 font-medium">
        {words} chosen
      </span>
      {wrappers.map(([kind, label]) => (
        <Button
          key={kind}
          size="sm"
          icon={<StepIcon kind={kind} />}
          onClick={() => move((doc) => wrapSteps(doc, range, kind), true)}
        >
          {label}
        </Button>
      ))}
      <Button size="sm" icon={<Copy aria-hidden="true" />} onClick={() => copy('Copied')}>
        Copy
      </Button>
      <Button
        size="sm"
        icon={<Scissors aria-hidden="true" />}
        onClick={() => {
          copy('Cut');
          move((doc) => removeSteps(doc, range));
        }}
      >
        Cut
      </Button>
      <Button
        size="sm"
        look="danger"
        icon={<Trash2 aria-hidden="true" />}
        onClick={() => {
          move((doc) => removeSteps(doc, range));
          say(`Removed ${words}`, 'Undo brings them back.');
        }}
      >
        Delete
      </Button>
    </section>
  );
}
