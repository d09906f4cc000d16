import { useQuery } from '@tanstack/react-query';
import { Badge } from '@/components/badge';
import { sessionQuery } from '@/lib/server/session';

/** Where the user is: the workspace, and that it is a demo if it is one. */
export function WorkspaceName() {
  const { data } = useQuery(sessionQuery());
  return (
    <p
      className="flex h-5 items-center gap-2 px-2 text-xs text-ink-mute"
      title={data && `Switchhook ${data.version}`}
    >
      <span className="truncate">{data?.workspace.name ?? ''}</span>
      {data?.demo && !/demo/i.test(data.workspace.name) && <Badge tone="live">demo</Badge>}
    </p>
  );
}
