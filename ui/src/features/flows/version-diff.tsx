import { useQuery } from '@tanstack/react-query';
import { ArrowLeftRight, Minus, MoveVertical, Pencil, Plus } from 'lucide-react';
import { Failure } from '@/components/failure';
import { Panel } from '@/components/panel';
import { Select } from '@/components/select';
import { Skeleton } from '@/components/skeleton';
import { diffQuery } from '@/lib/server/flows';
import type { FlowChange } from '@/lib/types';

type Props = {
  flowId: string;
  newest: number;
  from: number;
  to: number;
  onChange: (shown: { from: number; to: number }) => void;
};

const signs: Record<FlowChange['kind'], { icon: typeof Plus; look: string; word: string }> = {
  added: { icon: Plus, look: 'text-ok', word: 'Added' },
  removed: { icon: Minus, look: 'text-bad', word: 'Removed' },
  moved: { icon: MoveVertical, look: 'text-live', word: 'Moved' },
  changed: { icon: Pencil, look: 'text-wait', word: 'Changed' },
};

/** What differs between any two versions, one change a line. */
export function VersionDiff({ flowId, newest, from, to, onChange }: Props) {
  const diff = useQuery(diffQuery(flowId, from, to));
  const numbers = Array.from({ length: newest }, (_, index) => newest - index);
  const choice = (label: string, value: number, set: (value: number) => void) => (
    <Select aria-label={label} value={value} onChange={(event) => set(Number(event.target.value))}>
      {numbers.map((number) => (
        <option key={number} value={number}>
          Version {number}
        </option>
      ))}
    </Select>
  );
  return (
    <Panel
      title="What changed"
      actions={
        <span className="flex items-center gap-2">
          {choice('From version', from, (next) => onChange({ from: next, to }))}
          <ArrowLeftRight aria-label="compared with" className="size-3.5 text-ink-mute" />
          {choice('To version', to, (next) => onChange({ from, to: next }))}
        </span>
      }
    >
      {diff.isError ? (
        <Failure error={diff.error} what="The versions could not be compared" />
      ) : !diff.data ? (
        <Skeleton rows={2} />
      ) : diff.data.changes.length === 0 ? (
        <p className="text-ink-soft">
          {from === to ? 'This is one and the same version.' : 'These two versions say the same.'}
        </p>
      ) : (
        <ul aria-label="Changes" className="flex flex-col gap-1.5">
          {diff.data.changes.map((change) => {
            const { icon: Icon, look, word } = signs[change.kind];
            return (
              <li key={change.text} className="flex gap-2">
                <Icon aria-label={word} className={`mt-1 size-3.5 shrink-0 ${look}`} />
                <span className="min-w-0 font-mono text-xs leading-5 break-words">{change.text}</span>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
