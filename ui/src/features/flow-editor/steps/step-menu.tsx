import { ArrowDown, ArrowUp, Copy, CopyPlus, Ellipsis, FlaskConical, Trash2 } from 'lucide-react';
import { use } from 'react';
import { IconButton } from '@/components/icon-button';
import { Menu } from '@/components/menu';
import { useEdit } from '@/features/flow-editor/context';
import {
  canNudge,
  countInside,
  duplicateStep,
  nudgeStep,
  removeStep,
  stepAfterRemoval,
} from '@/features/flow-editor/model/edit';
import { idOf, type Step } from '@/features/flow-editor/model/steps';
import { TestContext } from '@/features/flow-editor/test/results';
import { plural } from '@/lib/format';
import { say } from '@/lib/toasts';
import { copySteps } from './carry';

/** What can be done with a step as a whole. */
export function StepMenu({ step, at, index, of }: { step: Step; at: string; index: number; of: number }) {
  const edit = useEdit();
  const { testStep } = use(TestContext);
  const name = idOf(step) || `step ${index + 1}`;
  const remove = () => {
    const inside = countInside(step);
    edit.move((doc) => ({ doc: removeStep(doc, at), at: stepAfterRemoval(at, of) }));
    say(
      `Removed “${name}”`,
      inside > 0 ? `With ${plural(inside, 'step')} inside it. Undo brings it back.` : 'Undo brings it back.',
    );
  };
  return (
    <Menu
      label={`What to do with ${name}`}
      trigger={<IconButton size="sm" label={`Actions of ${name}`} icon={<Ellipsis aria-hidden="true" />} />}
      items={[
        {
          label: 'Test this step',
          hint: 'With what the last test saved.',
          icon: <FlaskConical aria-hidden="true" />,
          onSelect: () => testStep(idOf(step)),
        },
        {
          label: 'Move up',
          hint: 'Alt + ↑',
          icon: <ArrowUp aria-hidden="true" />,
          disabled: !canNudge(at, -1, of),
          onSelect: () => edit.move((doc) => nudgeStep(doc, at, -1)),
        },
        {
          label: 'Move down',
          hint: 'Alt + ↓',
          icon: <ArrowDown aria-hidden="true" />,
          disabled: !canNudge(at, 1, of),
          onSelect: () => edit.move((doc) => nudgeStep(doc, at, 1)),
        },
        {
          label: 'Duplicate',
          hint: 'Ctrl + D',
          icon: <CopyPlus aria-hidden="true" />,
          onSelect: () => edit.move((doc) => duplicateStep(doc, at)),
        },
        {
          label: 'Copy',
          hint: 'Then “Add a step”, “Paste”.',
          icon: <Copy aria-hidden="true" />,
          onSelect: () => {
            copySteps([step]);
            say(`Copied “${name}”`, '“Add a step” offers to paste it, in any branch and any flow.');
          },
        },
        { label: 'Remove', icon: <Trash2 aria-hidden="true" />, danger: true, onSelect: remove },
      ]}
    />
  );
}
