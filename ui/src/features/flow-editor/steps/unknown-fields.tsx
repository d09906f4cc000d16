import { X } from 'lucide-react';
import { IconButton } from '@/components/icon-button';
import { useEdit, useMarks } from '@/features/flow-editor/context';
import { MarkList } from '@/features/flow-editor/fields/mark-list';
import { below, type JsonObject, textOf } from '@/features/flow-editor/model/json';

type Props = { at: string; given: JsonObject; known: string[] };

/** Members that the form has no field for: they are shown and kept, and can be taken away. */
export function UnknownFields({ at, given, known }: Props) {
  const unknown = Object.entries(given).filter(([name]) => !known.includes(name));
  if (unknown.length === 0) return null;
  return (
    <ul aria-label="Fields that this action does not know" className="flex flex-col gap-1">
      {unknown.map(([name, value]) => (
        <UnknownField key={name} at={below(at, name)} name={name} value={textOf(value)} />
      ))}
    </ul>
  );
}

function UnknownField({ at, name, value }: { at: string; name: string; value: string }) {
  const { set } = useEdit();
  return (
    <li data-at={at}>
      <div className="flex items-center gap-2">
        <code className="font-mono text-xs">{name}</code>
        <span className="min-w-0 flex-1 truncate text-ink-mute">{value}</span>
        <IconButton
          size="sm"
          label={`Remove ${name}`}
          icon={<X aria-hidden="true" />}
          onClick={() => set(at, undefined)}
        />
      </div>
      <MarkList {...useMarks(at, true)} />
    </li>
  );
}
