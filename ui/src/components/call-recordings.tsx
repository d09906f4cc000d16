import { useQuery } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import { bytes } from '@/lib/format';
import { recordingsQuery, useRecordingLink } from '@/lib/server/recordings';
import type { Recording } from '@/lib/types';
import { AudioPlayer } from './audio-player';
import { Failure } from './failure';
import { Panel } from './panel';
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
  const link = useRecordingLink(callId, recording.n);
  const [src, setSrc] = useState<string>();
  const [broken, setBroken] = useState(0);
  const make = () => {
    if (!link.isPending) link.mutate(undefined, { onSuccess: setSrc });
  };
  // A link that has expired is made anew; one that is new and does not play is no better the next time.
  const onBroken = () => {
    setBroken(broken + 1);
    if (broken === 0) make();
  };
  if (link.isError || broken > 1) {
    return (
      <Failure
        error={link.error ?? new Error('The browser could not load or play the copy.')}
        what="The recording cannot be played"
        retry={() => {
          setBroken(0);
          setSrc(undefined);
          make();
        }}
      />
    );
  }
  return (
    <>
      <AudioPlayer
        src={src}
        busy={link.isPending}
        seconds={recording.duration_s}
        label={`Recording ${recording.n}`}
        follows={recording.n === 1}
        onWanted={make}
        onBroken={onBroken}
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
