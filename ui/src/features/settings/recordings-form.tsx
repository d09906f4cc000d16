import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { NotSaved } from '@/components/not-saved';
import { ProblemList } from '@/components/problem-list';
import { Segmented } from '@/components/segmented';
import { Select } from '@/components/select';
import { useMay } from '@/lib/may';
import { problemsOf } from '@/lib/problem';
import { connectionsQuery } from '@/lib/server/connections';
import type { Known } from '@/lib/server/known';
import { type RecordingSettings, useSaveRecordingSettings } from '@/lib/server/privacy';
import { sayAfter } from '@/lib/toasts';
import { SignIns } from './sign-ins';

/** Links or copies; where copies go, how large they may be, and what opens the links of platforms that ask. */
export function RecordingsForm({ known }: { known: Known<RecordingSettings> }) {
  const settings = known.value;
  const { why } = useMay('admin');
  const save = useSaveRecordingSettings(known);
  const connections = useInfiniteQuery(connectionsQuery());
  const [keep, setKeep] = useState(settings.keep);
  const [bucket, setBucket] = useState(settings.connection ?? '');
  const [most, setMost] = useState(String(settings.max_mb ?? 200));
  const [links, setLinks] = useState(String(settings.link_days ?? ''));
  const [signIns, setSignIns] = useState(settings.sign_in ?? []);
  const problems = problemsOf(save.error);
  const buckets = connections.data?.filter(({ kind }) => kind === 's3') ?? [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sayAfter(
      save.mutateAsync({
        keep,
        connection: bucket || null,
        max_mb: Number(most),
        days: settings.days ?? 180,
        link_days: keep === 'copy' && links ? Number(links) : null,
        sign_in: signIns,
      }),
      'Recordings saved',
      keep === 'copy' ? 'Recordings of new calls are copied from now on.' : 'Nothing is copied any more.',
    );
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {save.isError &&
        (problems.length > 0 ? (
          <ProblemList problems={problems} />
        ) : (
          <NotSaved error={save.error} what="The settings were not saved" />
        ))}
      <div className="flex flex-col items-start gap-1">
        <Segmented
          label="Recordings are kept as"
          value={keep}
          onChange={setKeep}
          options={[
            ['link', 'The platform’s link'],
            ['copy', 'Our own copy'],
          ]}
        />
        <p className="text-xs text-ink-mute">
          {keep === 'link'
            ? 'Links of many platforms expire: after ten minutes, a day, or when the account ends.'
            : 'Each recording is fetched as soon as the platform says that it is ready, and played from here.'}
        </p>
      </div>
      {keep === 'copy' && (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field
              label="Where copies go"
              help={
                buckets.length === 0 ? (
                  <>
                    A bucket (S3) can be chosen once it is a{' '}
                    <Link to="/connections" className="text-accent underline underline-offset-2">
                      connection
                    </Link>
                    .
                  </>
                ) : (
                  'Played through this server either way.'
                )
              }
            >
              {(ids) => (
                <Select {...ids} value={bucket} onChange={(event) => setBucket(event.target.value)}>
                  <option value="">This server’s directory</option>
                  {buckets.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field label="Largest recording, in MB" help="A larger one fails its step and stays a link.">
              {(ids) => (
                <Input
                  {...ids}
                  type="number"
                  min={1}
                  max={1024}
                  required
                  value={most}
                  onChange={(event) => setMost(event.target.value)}
                />
              )}
            </Field>
          </div>
          <Field
            label="Links in e-mails and webhooks, in days"
            help="They open our copy without signing in, for so long. Left empty, what goes out has the platform’s link."
          >
            {(ids) => (
              <Input
                {...ids}
                type="number"
                min={1}
                max={settings.days ?? 180}
                placeholder="The platform’s link"
                value={links}
                onChange={(event) => setLinks(event.target.value)}
              />
            )}
          </Field>
          <SignIns signIns={signIns} onChange={setSignIns} connections={connections.data ?? []} />
        </>
      )}
      <div className="flex justify-end">
        <Button type="submit" look="primary" why={why} busy={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}
