import { useQuery } from '@tanstack/react-query';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { notifyQuery, quietQuery } from '@/lib/server/settings';
import { NotifyForm } from './notify-form';
import { QuietForm } from './quiet-form';

/** For the whole workspace: tell me when something fails, and when nothing comes. */
export function NotifyPage() {
  const notify = useQuery(notifyQuery());
  const quiet = useQuery(quietQuery());
  return (
    <Page
      narrow
      title="Notifications"
      description="One signed webhook when a run of any flow fails, when a flow keeps failing or is paused, when a destination does not answer, and when much of a budget is used."
    >
      {notify.isError ? (
        <Failure
          error={notify.error}
          what="The settings could not be loaded"
          retry={() => void notify.refetch()}
        />
      ) : (
        <Panel title="Tell me when something fails">
          {notify.data ? (
            <NotifyForm key={JSON.stringify(notify.data.value)} known={notify.data} />
          ) : (
            <Skeleton rows={3} />
          )}
        </Panel>
      )}
      {quiet.isError ? (
        <Failure
          error={quiet.error}
          what="The setting could not be loaded"
          retry={() => void quiet.refetch()}
        />
      ) : (
        <Panel title="Quiet agents">
          {quiet.data ? (
            <QuietForm key={JSON.stringify(quiet.data.value)} known={quiet.data} />
          ) : (
            <Skeleton rows={2} />
          )}
        </Panel>
      )}
    </Page>
  );
}
