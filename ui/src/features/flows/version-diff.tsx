import { useQuery } from '@tanstack/react-query';
import { ArrowLeftRight } from 'lucide-react';
import { Failure } from '@/components/failure';
import { FlowChanges } from '@/components/flow-changes';
import { Panel } from '@/components/panel';
import { Select } from '@/components/select';
import { Skeleton } from '@/components/skeleton';
import { diffQuery, versionQuery } from '@/lib/server/flows';

type Props = {
  flowId: string;
  newest: number;
  from: number;
  to: number;
  onChange: (shown: { from: number; to: number }) => void;
};

/** What differs between any two versions. */
export function VersionDiff({ flowId, newest, from, to, onChange }: Props) {
  const diff = useQuery(diffQuery(flowId, from, to));
  const older = useQuery(versionQuery(flowId, from));
  const newer = useQuery(versionQuery(flowId, to));
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
      ) : (
        <FlowChanges
          changes={diff.data.changes}
          before={older.data?.document}
          after={newer.data?.document}
          none={from === to ? 'This is one and the same version.' : 'These two versions say the same.'}
        />
      )}
    </Panel>
  );
}
