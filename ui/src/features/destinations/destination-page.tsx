import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { destinationQuery } from '@/lib/server/destinations';
import { AttemptsPanel } from './attempts-panel';
import { DestinationRow } from './destination-row';

/** One destination: how it does now, what waits for it, and what went out to it lately. */
export function DestinationPage({ deliveries }: { deliveries: (name: string) => ReactNode }) {
  const { name } = useParams({ from: '/shell/destinations/$name' });
  const query = useQuery(destinationQuery(name));
  return (
    <Page
      title={name}
      parent={
        <Link to="/destinations" className="rounded hover:text-ink hover:underline">
          Destinations
        </Link>
      }
    >
      {query.isError && !query.data ? (
        <Failure
          error={query.error}
          what="The destination could not be loaded"
          retry={() => void query.refetch()}
        />
      ) : (
        <Panel flush title="Now">
          {query.data ? (
            <ul aria-label="This destination">
              <DestinationRow destination={query.data} />
            </ul>
          ) : (
            <Skeleton rows={3} />
          )}
        </Panel>
      )}
      <AttemptsPanel name={name} />
      {deliveries(name)}
    </Page>
  );
}
