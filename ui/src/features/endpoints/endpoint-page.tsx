import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { Badge } from '@/components/badge';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { Split } from '@/components/split';
import { endpointQuery, messagesQuery } from '@/lib/server/endpoints';
import { providerQuery } from '@/lib/server/providers';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { ArrivalList } from './arrival-list';
import { ArrivalPanel } from './arrival-panel';
import { EndpointSettings } from './endpoint-settings';
import { FirstMessage } from './first-message';
import { Reconciler } from './reconcile/reconciler';
import { SetUp } from './set-up';

/** One endpoint: how its platform is set up, whether messages arrive, what came in lately, its address and secret. */
export function EndpointPage() {
  const { endpointId } = useParams({ from: '/shell/endpoints/$endpointId' });
  const { message } = useSearch({ from: '/shell/endpoints/$endpointId' });
  const endpoint = useQuery(endpointQuery(endpointId));
  const messages = useQuery(messagesQuery(endpointId));
  const platform = useQuery(providerQuery(endpoint.data?.provider ?? ''));
  useLiveRefresh(
    ['endpoints', endpointId],
    ({ topic, data }) => topic === 'message' && data.endpoint_id === endpointId,
  );

  const parent = (
    <Link to="/endpoints" className="rounded hover:text-ink hover:underline">
      Endpoints
    </Link>
  );
  if (!endpoint.data || !platform.data) {
    const failed = endpoint.error ?? platform.error;
    return (
      <Page title="Endpoint" parent={parent}>
        {failed ? (
          <Failure
            error={failed}
            what="The endpoint could not be loaded"
            retry={() => void Promise.all([endpoint.refetch(), platform.refetch()])}
          />
        ) : (
          <Panel>
            <Skeleton rows={8} label="Loading the endpoint" />
          </Panel>
        )}
      </Page>
    );
  }
  const { name, enabled } = endpoint.data;
  return (
    <Page
      title={name}
      parent={parent}
      beside={
        <span className="flex flex-wrap gap-2">
          <Badge>{platform.data.title}</Badge>
          {!enabled && <Badge tone="wait">off</Badge>}
        </span>
      }
    >
      <FirstMessage endpoint={endpoint.data} signs={platform.data.signs} last={messages.data?.[0]} />
      {messages.data?.length || message ? (
        <Split
          label="Width of the messages"
          left={<ArrivalList messages={messages} endpointId={endpointId} selected={message} />}
          right={<ArrivalPanel endpoint={endpoint.data} selected={message} />}
        />
      ) : (
        <ArrivalList messages={messages} endpointId={endpointId} selected={message} />
      )}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <SetUp endpoint={endpoint.data} platform={platform.data} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {platform.data.call_list && (
            <Panel title="Missed calls">
              <Reconciler endpoint={endpoint.data} />
            </Panel>
          )}
          <EndpointSettings endpoint={endpoint.data} fields={platform.data.auth} />
        </div>
      </div>
    </Page>
  );
}
