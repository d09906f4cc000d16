import { Plus } from 'lucide-react';
import { Button } from '@/components/button';
import { useEdit } from '@/features/flow-editor/context';
import type { Json, JsonObject } from '@/features/flow-editor/model/json';

const offers: [names: string[], label: string, begin: Json][] = [
  [['campaigns'], 'Campaign', []],
  [['agents'], 'Agent', []],
  [['dispositions'], 'Disposition', []],
  [['statuses'], 'Status', []],
  [['connected'], 'Picked up', true],
  [['min_duration_s', 'max_duration_s'], 'Duration', 60],
  [['numbers'], 'Number', []],
  [['if'], 'Condition', ''],
];

/** Filters that are not in use yet, one button each. */
export function FilterAdd({ filters }: { filters: JsonObject }) {
  const { set, goTo } = useEdit();
  const free = offers.filter(([names]) =>
    names.every((name) => filters[name] === undefined || filters[name] === null),
  );
  if (free.length === 0) return null;
  return (
    <div role="group" aria-label="Filters to add" className="flex flex-wrap items-center gap-1">
      <span className="mr-1 text-ink-mute">Only for:</span>
      {free.map(([[name = ''], label, begin]) => (
        <Button
          key={name}
          size="sm"
          look="quiet"
          icon={<Plus aria-hidden="true" />}
          onClick={() => {
            set(`/where/${name}`, begin);
            goTo(`/where/${name}`, true);
          }}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}
