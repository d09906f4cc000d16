import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { endpointMessageQuery } from '@/lib/server/endpoints';
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
  const { endpoint = '', message = '' } = search;
  const isKept = endpoint !== '' && message !== '';
  const kept = useQuery({ ...endpointMessageQuery(endpoint, message), enabled: isKept });
  const failed = providers.error ?? platform.error ?? kept.error;
  return (
    <Page
      title="Event tester"
      description="Take a message as a platform sends it, or paste one of your own; see what is read from it and what it would start; then send it to this workspace."
    >
      {failed && (!platform.data || (isKept && !kept.data)) ? (
        <Failure
          error={failed}
          what={kept.error ? 'The message could not be loaded' : 'The samples could not be loaded'}
          retry={() => void (kept.error ? kept.refetch() : platform.refetch())}
        />
      ) : !platform.data || !providers.data || (isKept && !kept.data) ? (
        <Panel>
          <Skeleton rows={8} />
        </Panel>
      ) : (
        <>
          <SampleChoice
            providers={providers.data}
            provider={provider}
            samples={samples}
            sample={isKept ? '' : (sample?.name ?? '')}
            onChange={(next) => void navigate({ search: next, replace: true })}
          />
          {/* What was typed belongs to one sample: another one begins anew. */}
          {kept.data ? (
            <Tester key={message} provider={provider} kept={kept.data} />
          ) : (
            <Tester key={`${provider}/${sample?.name}`} provider={provider} sample={sample} />
          )}
        </>
      )}
    </Page>
  );
}
