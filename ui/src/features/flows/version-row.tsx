import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Badge } from '@/components/badge';
import { Button } from '@/components/button';
import { CodeBlock } from '@/components/code-block';
import { Failure } from '@/components/failure';
import { Skeleton } from '@/components/skeleton';
import { Time } from '@/components/time';
import { useMay } from '@/lib/may';
import { versionQuery } from '@/lib/server/flows';
import type { Flow, FlowVersion } from '@/lib/types';
import { RollBack } from './roll-back';

type Props = {
  flow: Flow;
  version: FlowVersion;
  open: boolean;
  onOpen: (open: boolean) => void;
  onCompare: () => void;
};

/** One version: who saved it when, and what it changed. */
export function VersionRow({ flow, version, open, onOpen, onCompare }: Props) {
  const { why } = useMay('write');
  const [asking, setAsking] = useState(false);
  const shown = useQuery(versionQuery(flow.id, open ? version.version : null));
  const from = version.rolled_back_from
    ? `back to version ${version.rolled_back_from}`
    : version.published_from
      ? `published draft ${version.published_from}`
      : undefined;
  return (
    <li className="flex flex-col">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2 px-4 py-2.5">
        <div className="min-w-0 flex-1 basis-72">
          <span className="flex flex-wrap items-center gap-2">
            <span className="font-medium">Version {version.version}</span>
            {version.state === 'live' && <Badge tone="ok">live</Badge>}
            {version.state === 'draft' && <Badge tone="live">draft</Badge>}
            <span className="text-xs text-ink-mute">
              {version.by ? `${version.by.name} · ` : ''}
              <Time at={version.at} />
            </span>
          </span>
          {version.note && <span className="block">{version.note}</span>}
          <span className="block text-xs break-words text-ink-soft">
            {[from, from && version.change === 'no changes' ? '' : version.change]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </div>
        <span className="flex flex-wrap gap-2">
          {version.version > 1 && (
            <Button size="sm" look="quiet" onClick={onCompare}>
              Compare
            </Button>
          )}
          {version.state === 'past' && (
            <Button size="sm" why={why} onClick={() => setAsking(true)}>
              Roll back
            </Button>
          )}
          <Button size="sm" aria-expanded={open} onClick={() => onOpen(!open)}>
            {open ? 'Hide document' : 'Show document'}
          </Button>
        </span>
      </div>
      {open && (
        <div className="px-4 pb-4">
          {shown.data ? (
            <CodeBlock
              text={JSON.stringify(shown.data.document, null, 2)}
              json
              label={`Document of version ${version.version}`}
            />
          ) : shown.isError ? (
            <Failure error={shown.error} what="The version could not be loaded" />
          ) : (
            <Skeleton rows={4} />
          )}
        </div>
      )}
      <RollBack flow={flow} version={version.version} open={asking} onClose={() => setAsking(false)} />
    </li>
  );
}
