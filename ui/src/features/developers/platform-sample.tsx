import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CodeBlock } from '@/components/code-block';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { Select } from '@/components/select';
import { Skeleton } from '@/components/skeleton';
import { providerQuery, providersQuery } from '@/lib/server/providers';

type Props = { kind: string; provider: string | undefined; onProvider: (provider: string) => void };

/** The message of a platform from which this kind is raised. */
export function PlatformSample({ kind, provider = 'vapi', onProvider }: Props) {
  const providers = useQuery(providersQuery());
  const platform = useQuery(providerQuery(provider));
  const samples = platform.data?.samples.filter(({ kinds }) => kinds.includes(kind)) ?? [];
  return (
    <div className="flex flex-col gap-4">
      <Field label="Platform">
        {(ids) => (
          <Select
            {...ids}
            className="sm:w-56"
            value={provider}
            onChange={(event) => onProvider(event.target.value)}
          >
            {providers.data?.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {platform.isError ? (
        <Failure error={platform.error} what="The samples could not be loaded" />
      ) : !platform.data ? (
        <Skeleton rows={4} />
      ) : samples.length === 0 ? (
        <Notice title={`No sample of ${platform.data.title} tells of this`}>
          Either the platform does not tell of this moment, or no sample of it is kept here.
        </Notice>
      ) : (
        samples.map((sample) => (
          <section key={sample.name} aria-label={sample.title} className="flex flex-col gap-2">
            <div className="flex flex-wrap items-center justify-between gap-2">
              <h3 className="font-medium">
                {sample.title} <span className="font-normal text-ink-mute">{sample.event}</span>
              </h3>
              <Link
                to="/developers/test"
                search={{ provider, sample: sample.name }}
                className="rounded text-accent underline underline-offset-2"
              >
                Try it out
              </Link>
            </div>
            <CodeBlock json={sample.content_type.includes('json')} text={sample.body} label={sample.title} />
            <p className="text-xs text-ink-mute">
              {sample.origin}: {sample.source}
            </p>
          </section>
        ))
      )}
    </div>
  );
}
