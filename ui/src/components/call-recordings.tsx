import { useQuery } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { bytes } from '@/lib/format';
import { recordingLinkQuery, recordingsQuery } from '@/lib/server/recordings';
import type { Recording } from '@/lib/types';
import { AudioPlayer } from './audio-player';
import { Failure } from './failure';
import { Panel } from './panel';
import { Skeleton } from './skeleton';
import { Time } from './time';

/** A call's recordings: copies with a player each, and the platform's link where there is no copy. Nothing where there are none. */
export function CallRecordings({ callId }: { callId: string }) {
  const recordings = useQuery(recordingsQuery(callId));
  if (recordings.isError) {
    return (
      <Failure
        error={recordings.error}
        what="The recordings could not be loaded"
        retry={() => void recordings.refetch()}
      />
    );
  }
  if (!recordings.data || recordings.data.length === 0) return null;
  return (
    <Panel title={recordings.data.length > 1 ? 'Recordings' : 'Recording'}>
      <ul className="flex flex-col gap-4">
        {recordings.data.map((recording) => (
          <li key={recording.n} className="flex min-w-0 flex-col gap-1">
            {recording.kept === 'copy' ? (
              <Copy callId={callId} recording={recording} />
            ) : (
              <PlatformLink recording={recording} />
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Copy({ callId, recording }: { callId: string; recording: Recording }) {
  const link = useQuery(recordingLinkQuery(callId, recording.n));
  if (link.isError) {
    return (
      <Failure error={link.error} what="The recording cannot be played" retry={() => void link.refetch()} />
    );
  }
  if (!link.data) return <Skeleton rows={1} label="Loading the recording" />;
  return (
    <>
      <AudioPlayer
        key={link.data}
        src={link.data}
        seconds={recording.duration_s}
        label={`Recording ${recording.n}`}
        follows={recording.n === 1}
        onBroken={() => void link.refetch()}
      />
      <p className="flex flex-wrap gap-x-3 text-xs text-ink-mute">
        <span>{bytes(recording.size ?? 0)}</span>
        {recording.channels && (
          <span>{recording.channels === 1 ? 'mono' : `${recording.channels} channels`}</span>
        )}
        {recording.expires_at && (
          <span>
            kept until <Time at={recording.expires_at} />
          </span>
        )}
      </p>
    </>
  );
}

function PlatformLink({ recording }: { recording: Recording }) {
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <a
        href={recording.url ?? ''}
        target="_blank"
        rel="noreferrer noopener"
        className="inline-flex items-center gap-1.5 text-accent hover:underline [&_svg]:size-3.5"
      >
        Listen at the platform
        <ExternalLink aria-hidden="true" />
      </a>
      <span className="text-xs text-ink-mute">
        {recording.expires_at ? (
          <>
            opens until <Time at={recording.expires_at} />
          </>
        ) : (
          'not copied: it opens as long as the platform says'
        )}
      </span>
    </p>
  );
}
