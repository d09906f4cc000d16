import { Link } from '@tanstack/react-router';
import { Badge } from '@/components/badge';
import { Panel } from '@/components/panel';
import { Time } from '@/components/time';
import { parties } from '@/lib/format';
import type { Call } from '@/lib/types';

const words: Record<Call['related'][number]['relation'], string> = {
  parent: 'came from',
  child: 'led to',
  session: 'same session',
};

/** The calls that belong to one: what it came from, what it led to. Nothing where it stands alone. */
export function CallRelated({ related }: Pick<Call, 'related'>) {
  if (related.length === 0) return null;
  return (
    <Panel flush title="Related calls">
      <ul className="divide-y divide-line">
        {related.map(({ relation, call }) => (
          <li key={call.id}>
            <Link
              to="/calls/$callId"
              params={{ callId: call.id }}
              className="flex items-center justify-between gap-3 px-4 py-2 outline-offset-[-2px] hover:bg-inset"
            >
              <span className="min-w-0">
                <span className="block truncate font-medium">{parties(call)}</span>
                <span className="block truncate text-xs text-ink-mute">
                  {call.agent && `${call.agent} · `}
                  <Time at={call.started_at ?? call.created_at} />
                </span>
              </span>
              <Badge>{words[relation]}</Badge>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
