import { useQuery } from '@tanstack/react-query';
import { History, X } from 'lucide-react';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { IconButton } from '@/components/icon-button';
import { Panel } from '@/components/panel';
import { concerns } from '@/lib/live';
import { runQuery } from '@/lib/server/runs';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { AttemptActions } from './attempt-actions';
import { AttemptPanel } from './attempt-panel';

type Props = {
  run: string;
  entry: number;
  tab: string | undefined;
  onTab: (tab: string) => void;
  onClose: (() => void) | undefined;
};

/** An attempt beside a list of those of many runs. */
export function AttemptBeside({ run: id, entry: number, tab, onTab, onClose }: Props) {
  const run = useQuery(runQuery(id));
  useLiveRefresh(['run', id], (notice) => concerns(notice, 'run', id));
  const entry = run.data?.entries.find((each) => each.number === number);
  const close = onClose && (
    <IconButton size="sm" label="Close" icon={<X aria-hidden="true" />} onClick={onClose} />
  );
  if (run.isError && !run.data) {
    return (
      <Panel title="Attempt" actions={close}>
        <Failure error={run.error} what="The attempt could not be loaded" retry={() => void run.refetch()} />
      </Panel>
    );
  }
  if (run.data && !entry) {
    return (
      <Panel title="Attempt" actions={close}>
        <Empty icon={<History />} title="This attempt is gone">
          What a run did is removed after the retention time.
        </Empty>
      </Panel>
    );
  }
  return (
    <AttemptPanel
      entry={entry}
      loading={run.isPending}
      within={id}
      actions={
        <>
          {run.data && entry && (
            <AttemptActions run={run.data} journal={run.data} entry={{ ...entry, run: id }} />
          )}
          {close}
        </>
      }
      tab={tab}
      onTab={onTab}
    />
  );
}
