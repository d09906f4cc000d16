import { Plus, X } from 'lucide-react';
import { Button } from '@/components/button';
import { IconButton } from '@/components/icon-button';
import { below, type Json } from '@/features/flow-editor/model/json';
import { JsonValue } from './json-value';

type Props = {
  at: string;
  label: string;
  value: Json[];
  onChange: (value: Json[]) => void;
  secrets: boolean;
};

/** The items of a JSON list, in order. */
export function JsonList({ at, label, value, onChange, secrets }: Props) {
  return (
    <div role="group" aria-label={label} className="flex flex-col gap-2">
      <ol className="flex flex-col gap-2 empty:hidden">
        {value.map((item, i) => (
          <li key={i}>
            <JsonValue
              at={below(at, i)}
              label={`Item ${i + 1}`}
              value={item}
              onChange={(next) => onChange(value.with(i, next))}
              secrets={secrets}
              lead={<span className="self-center text-ink-mute">Item {i + 1}</span>}
              trail={
                <IconButton
                  size="sm"
                  label={`Remove item ${i + 1}`}
                  icon={<X aria-hidden="true" />}
                  onClick={() => onChange(value.toSpliced(i, 1))}
                />
              }
            />
          </li>
        ))}
      </ol>
      <div className="-ml-2">
        <Button
          size="sm"
          look="quiet"
          icon={<Plus aria-hidden="true" />}
          onClick={() => onChange([...value, ''])}
        >
          Add an item
        </Button>
      </div>
    </div>
  );
}
