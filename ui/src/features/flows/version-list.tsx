import { useInfiniteQuery } from '@tanstack/react-query';
import { Failure } from '@/components/failure';
import { LoadMore } from '@/components/load-more';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { plural } from '@/lib/format';
import { versionsQuery } from '@/lib/server/flows';
import type { Flow } from '@/lib/types';
import { VersionDiff } from './version-diff';
import { VersionRow } from './version-row';

export type VersionsShown = { version?: number; from?: number; to?: number };

type Props = { flow: Flow; shown: VersionsShown; onShow: (shown: VersionsShown) => void };

/** All versions of a flow, newest first, and what differs between two of them; they never change. */
export function VersionList({ flow, shown, onShow }: Props) {
  const versions = useInfiniteQuery(versionsQuery(flow.id));
  if (versions.isError) return <Failure error={versions.error} what="The versions could not be loaded" />;
  if (!versions.data) return <Skeleton rows={3} />;
  const newest = flow.draft ?? flow.version;
  const { from, to } = shown;
  return (
    <div className="flex flex-col gap-3">
      {newest > 1 && (
        <VersionDiff
          flowId={flow.id}
          newest={newest}
          from={from ?? Math.max((to ?? newest) - 1, 1)}
          to={to ?? newest}
          onChange={(next) => onShow(next)}
        />
      )}
      <Panel flush>
        <ul aria-label="Versions" className="divide-y divide-line">
          {versions.data.map((each) => (
            <VersionRow
              key={each.version}
              flow={flow}
              version={each}
              open={shown.version === each.version}
              onOpen={(open) =>
                onShow(
                  open ? { ...shown, version: each.version } : { ...(from && { from }), ...(to && { to }) },
                )
              }
              onCompare={() => onShow({ from: Math.max(each.version - 1, 1), to: each.version })}
            />
          ))}
        </ul>
        <LoadMore
          more={versions.hasNextPage}
          busy={versions.isFetchingNextPage}
          onMore={() => void versions.fetchNextPage()}
          shown={plural(versions.data.length, 'version')}
        />
      </Panel>
    </div>
  );
}
