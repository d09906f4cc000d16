import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { CopyButton } from '@/components/copy-button';
import { Facts } from '@/components/facts';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { sessionQuery } from '@/lib/server/session';
import { pausingQuery, workspaceQuery } from '@/lib/server/settings';
import { pricesQuery } from '@/lib/server/usage';
import { PausingForm } from './pausing-form';
import { WorkspaceForm } from './workspace-form';

/** What the workspace is, and what goes for its agents and flows that do not say otherwise. */
export function WorkspacePage() {
  const [workspace, pausing] = [useQuery(workspaceQuery()), useQuery(pausingQuery())];
  const [session, prices] = [useQuery(sessionQuery()), useQuery(pricesQuery())];
  return (
    <Page
      narrow
      title="Workspace"
      description="Its name, and what goes for agents and flows that do not say otherwise."
    >
      <Panel title="Name and waiting">
        {loaded(workspace, (data) => (
          <WorkspaceForm key={JSON.stringify(data.value)} known={data} />
        ))}
      </Panel>
      <Panel title="Flows that keep failing">
        {loaded(pausing, (data) => (
          <PausingForm key={JSON.stringify(data.value)} known={data} />
        ))}
      </Panel>
      <Panel title="This server">
        {loaded(session, (data) => (
          <Facts
            facts={[
              ['Public address', <Copied key="address" text={data.public_url} what="public address" />],
              ['Workspace id', <Copied key="id" text={data.workspace.id} what="workspace id" />],
              ['Version', data.version],
              [
                'Days of usage',
                prices.data && (
                  <>
                    begin at midnight in {prices.data.value.zone}; changed under{' '}
                    <Link to="/usage" className="text-accent underline underline-offset-2">
                      Usage
                    </Link>
                  </>
                ),
              ],
            ]}
          />
        ))}
      </Panel>
    </Page>
  );
}

function Copied({ text, what }: { text: string; what: string }) {
  return (
    <span className="flex items-center gap-1">
      <span className="min-w-0 font-mono text-xs break-all">{text}</span>
      <CopyButton text={text} label={`Copy the ${what}`} />
    </span>
  );
}

function loaded<T>(query: UseQueryResult<T>, show: (data: T) => ReactNode): ReactNode {
  if (query.data) return show(query.data);
  if (query.isError) {
    return (
      <Failure
        error={query.error}
        what="The settings could not be loaded"
        retry={() => void query.refetch()}
      />
    );
  }
  return <Skeleton rows={3} label="Loading the settings" />;
}
