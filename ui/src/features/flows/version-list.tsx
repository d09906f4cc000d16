import { useQuery } from '@tanstack/react-query';
import { Button } from '@/components/button';
import { CodeBlock } from '@/components/code-block';
import { Failure } from '@/components/failure';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { Time } from '@/components/time';
import { versionsQuery } from '@/lib/server/flows';
import type { Flow } from '@/lib/types';

type Props = { flow: Flow; shown: number | undefined; onShow: (version: number | undefined) => void };

/** All versions of a flow, newest first; they never change. */
export function VersionList({ flow, shown, onShow }: Props) {
  const versions = useQuery(versionsQuery(flow.id));
  if (versions.isError) return <Failure error={versions.error} what="The versions could not be loaded" />;
  if (!versions.data) return <Skeleton rows={3} />;
  return (
    <Panel flush>
      <ul aria-label="Versions" className="divide-y divide-line">
        {versions.data.data.map((each) => (
          <li key={each.version} className="flex flex-col">
            <div className="flex flex-wrap items-center justify-between gap-3 px-4 py-2">
              <span>
                <span className="font-medium">Version {each.version}</span>
                {each.version === flow.version && <span className="ml-2 text-xs text-ok">newest</span>}
                <span className="block text-xs text-ink-mute">
                  {each.name} · <Time at={each.updated_at} />
                </span>
              </span>
              <Button
                size="sm"
                aria-expanded={shown === each.version}
                onClick={() => onShow(shown === each.version ? undefined : each.version)}
              >
                {shown === each.version ? 'Hide document' : 'Show document'}
              </Button>
            </div>
            {shown === each.version && (
              <div className="px-4 pb-4">
                <CodeBlock
                  text={JSON.stringify(each.document, null, 2)}
                  json
                  label={`Document of version ${each.version}`}
                />
              </div>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
