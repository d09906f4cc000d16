import { Badge } from '@/components/badge';
import { Panel } from '@/components/panel';
import { Time } from '@/components/time';
import { classes } from '@/lib/classes';
import { moveBetweenRows } from '@/lib/rows';
import type { Received } from '@/lib/server/inspector';
import { Signature } from './signature';

type Props = { list: Received[]; selected: number; onSelect: (id: number) => void };

export function ReceivedList({ list, selected, onSelect }: Props) {
  return (
    <Panel flush title="Received">
      <ul
        aria-label="Received requests"
        onKeyDown={moveBetweenRows}
        className="max-h-[70vh] max-lg:max-h-80 divide-y divide-line overflow-auto"
      >
        {list.map((each) => (
          <li key={each.id}>
            <button
              type="button"
              data-row
              aria-pressed={each.id === selected}
              onClick={() => onSelect(each.id)}
              className={classes(
                'flex w-full flex-col gap-1 px-4 py-2 text-left outline-offset-[-2px]',
                each.id === selected ? 'bg-selected' : 'hover:bg-inset',
              )}
            >
              <span className="flex min-w-0 items-center gap-2">
                <Badge mono>{each.method}</Badge>
                <span className="min-w-0 truncate font-mono text-xs">{each.path}</span>
              </span>
              <span className="flex items-center gap-2 text-xs text-ink-mute">
                <Badge tone={each.status < 400 ? 'ok' : 'bad'}>answered {each.status}</Badge>
                <Signature signature={each.signature} />
                <span className="ml-auto">
                  <Time at={each.received_at} />
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
