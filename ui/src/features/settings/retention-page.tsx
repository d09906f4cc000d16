import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { useMay } from '@/lib/may';
import { recordingSettingsQuery, redactionQuery, retentionQuery } from '@/lib/server/privacy';
import { ForgetForm } from './forget-form';
import { Receipts } from './receipts';
import { RecordingsForm } from './recordings-form';
import { RedactionForm } from './redaction-form';
import { RetentionForm } from './retention-form';

/** What is confidential, how long what is kept, whether recordings are copied, and forgetting a number. */
export function RetentionPage() {
  const admin = useMay('admin').may;
  const { forget } = useSearch({ from: '/shell/settings/retention' });
  const [recordings, retention] = [useQuery(recordingSettingsQuery()), useQuery(retentionQuery())];
  const redaction = useQuery(redactionQuery());
  return (
    <Page
      narrow
      title="Retention and redaction"
      description="Which fields not everybody may see, how recordings are kept, how long what is kept, and removing everything about one phone number."
    >
      <Panel title="Recordings">
        {recordings.isError ? (
          <Failure
            error={recordings.error}
            what="The settings could not be loaded"
            retry={() => void recordings.refetch()}
          />
        ) : recordings.data ? (
          // The days are the other form's: saving them takes nothing from what is typed here.
          <RecordingsForm
            key={JSON.stringify({ ...recordings.data.value, days: undefined })}
            known={recordings.data}
          />
        ) : (
          <Skeleton rows={4} label="Loading the settings" />
        )}
      </Panel>
      <Panel title="Confidential fields">
        {redaction.isError ? (
          <Failure
            error={redaction.error}
            what="The settings could not be loaded"
            retry={() => void redaction.refetch()}
          />
        ) : redaction.data ? (
          <RedactionForm key={JSON.stringify(redaction.data.value)} known={redaction.data} />
        ) : (
          <Skeleton rows={4} label="Loading the settings" />
        )}
      </Panel>
      <Panel title="How long what is kept">
        {retention.isError ? (
          <Failure
            error={retention.error}
            what="The settings could not be loaded"
            retry={() => void retention.refetch()}
          />
        ) : retention.data ? (
          <RetentionForm key={JSON.stringify(retention.data.value)} known={retention.data} />
        ) : (
          <Skeleton rows={3} label="Loading the settings" />
        )}
      </Panel>
      {admin && (
        <>
          <Panel title="Forget a phone number">
            <ForgetForm key={forget} number={forget ?? ''} />
          </Panel>
          <Panel title="Forgotten numbers" flush>
            <Receipts />
          </Panel>
        </>
      )}
    </Page>
  );
}
