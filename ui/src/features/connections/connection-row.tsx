import { FlaskConical, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '@/components/badge';
import { Button } from '@/components/button';
import { Failure } from '@/components/failure';
import { IconButton } from '@/components/icon-button';
import { Time } from '@/components/time';
import { UsedBy } from '@/components/used-by';
import { useMay } from '@/lib/may';
import { useTestConnection } from '@/lib/server/connections';
import type { Connection } from '@/lib/types';
import { DeleteConnection } from './delete-connection';
import { Health } from './health';

type Props = { connection: Connection; kind: string; onEdit: () => void };

export function ConnectionRow({ connection, kind, onEdit }: Props) {
  const [asking, setAsking] = useState(false);
  const test = useTestConnection();
  const { why } = useMay('admin');
  const { tested } = connection;
  return (
    <li className="flex flex-col gap-1.5 px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2">
        <span className="flex min-w-0 flex-wrap items-center gap-2">
          <span className="truncate font-medium">{connection.name}</span>
          <Badge>{kind}</Badge>
          <Health tested={tested} />
        </span>
        <span className="flex items-center gap-1">
          <Button
            size="sm"
            icon={<FlaskConical aria-hidden="true" />}
            busy={test.isPending}
            why={why}
            aria-label={`Test ${connection.name}`}
            onClick={() => test.mutate(connection.id)}
          >
            Test
          </Button>
          <IconButton
            size="sm"
            label={`Edit ${connection.name}`}
            icon={<Pencil aria-hidden="true" />}
            why={why}
            onClick={onEdit}
          />
          <IconButton
            size="sm"
            label={`Delete ${connection.name}`}
            icon={<Trash2 aria-hidden="true" />}
            why={why}
            onClick={() => setAsking(true)}
          />
        </span>
      </div>
      {test.isError && <Failure error={test.error} what="The connection could not be tested" />}
      {tested && (
        <p role="status" className={tested.works === false ? 'text-bad' : 'text-ink-soft'}>
          {tested.message}{' '}
          <span className="text-xs text-ink-mute">
            <Time at={tested.at} />
          </span>
        </p>
      )}
      <UsedBy flows={connection.used_by} />
      <DeleteConnection connection={connection} open={asking} onClose={() => setAsking(false)} />
    </li>
  );
}
