import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { rehearsalsQuery } from '@/lib/server/rehearsals';
import { Rehearsal } from './rehearsal';

/** A call without a telephone: what is said, what comes of it, and what flows would do, or do. */
export function RehearsalPage() {
  const search = useSearch({ from: '/shell/developers/rehearsal' });
  const navigate = useNavigate({ from: '/developers/rehearsal' });
  const known = useQuery(rehearsalsQuery());
  return (
    <Page
      title="Rehearsal calls"
      description="A made-up call goes the way of a real one: from the platform’s messages to what flows send. Look at it with everything held back first."
    >
      {known.isError ? (
        <Failure
          error={known.error}
          what="The rehearsal calls could not be loaded"
          retry={() => void known.refetch()}
        />
      ) : !known.data ? (
        <Panel>
          <Skeleton rows={6} />
        </Panel>
      ) : (
        <Rehearsal
          known={known.data}
          provider={search.provider ?? 'vapi'}
          scenario={search.scenario ?? 'interested'}
          onChoose={(next) => void navigate({ search: { ...search, ...next }, replace: true })}
        />
      )}
    </Page>
  );
}
