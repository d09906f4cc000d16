import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { providerQuery, providersQuery } from '@/lib/server/providers';
import { SampleChoice } from './sample-choice';
import { Tester } from './tester';

/** A message of a platform, looked at before it is sent to this workspace. */
export function TesterPage() {
  const search = useSearch({ from: '/shell/developers/test' });
  const navigate = useNavigate({ from: '/developers/test' });
  const providers = useQuery(providersQuery());
  const provider = search.provider ?? 'vapi';
  const platform = useQuery(providerQuery(provider));
  const samples = platform.data?.samples ?? [];
  const sample = samples.find(({ name }) => name === search.sample) ?? samples[0];
  const failed = providers.error ?? platform.error;
  return (
    <Page
      title="Event tester"
      description="Take a message as a platform sends it, or paste one of your own; see what is read from it and what it would start; then send it to this workspace."
    >
      {failed && !platform.data ? (
        <Failure
          error={failed}
          what="The samples could not be loaded"
          retry={() => void platform.refetch()}
        />
      ) : !platform.data || !providers.data ? (
        <Panel>
          <Skeleton rows={8} />
        </Panel>
      ) : (
        <>
          <SampleChoice
            providers={providers.data}
            provider={provider}
            samples={samples}
            sample={sample?.name ?? ''}
            onChange={(next) => void navigate({ search: next, replace: true })}
          />
          {/* What was typed belongs to one sample: another one begins anew. */}
          <Tester key={`${provider}/${sample?.name}`} provider={provider} sample={sample} />
        </>
      )}
    </Page>
  );
}
