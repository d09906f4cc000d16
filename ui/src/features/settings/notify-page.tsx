import { useQuery } from '@tanstack/react-query';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { notifyQuery } from '@/lib/server/settings';
import { NotifyForm } from './notify-form';

/** One switch for the whole workspace: tell me when something fails. */
export function NotifyPage() {
  const notify = useQuery(notifyQuery());
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
            <NotifyForm key={notify.data.webhook_url} notify={notify.data} />
          ) : (
            <Skeleton rows={3} />
          )}
        </Panel>
      )}
    </Page>
  );
}
