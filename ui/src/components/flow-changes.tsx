import { Minus, MoveVertical, Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import type { FlowChange } from '@/lib/types';
import { Segmented } from './segmented';
import { TextDiff } from './text-diff';

type Props = {
  changes: FlowChange[];
  /** Both documents, as soon as they are known. */
  before: unknown;
  after: unknown;
  /** Said where nothing differs. */
  none: string;
};

const signs: Record<FlowChange['kind'], { icon: typeof Plus; look: string; word: string }> = {
  added: { icon: Plus, look: 'text-ok', word: 'Added' },
  removed: { icon: Minus, look: 'text-bad', word: 'Removed' },
  moved: { icon: MoveVertical, look: 'text-live', word: 'Moved' },
  changed: { icon: Pencil, look: 'text-wait', word: 'Changed' },
};

const text = (document: unknown) => JSON.stringify(document, null, 2);

/** What differs between two documents of a flow: one change a line, or as text. */
export function FlowChanges({ changes, before, after, none }: Props) {
  const [view, setView] = useState<'steps' | 'text'>('steps');
  if (changes.length === 0) return <p className="text-ink-soft">{none}</p>;
  const known = before !== undefined && after !== undefined;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {known && (
        <div>
          <Segmented
            label="How the changes are shown"
            options={[
              ['steps', 'By step'],
              ['text', 'As text'],
            ]}
            value={view}
            onChange={setView}
          />
        </div>
      )}
      {known && view === 'text' ? (
        <TextDiff before={text(before)} after={text(after)} label="Changes of the text" />
      ) : (
        <ul aria-label="Changes" className="flex flex-col gap-1.5">
          {changes.map((change, i) => {
            const { icon: Icon, look, word } = signs[change.kind];
            return (
              <li key={i} className="flex gap-2">
                <Icon aria-label={word} className={`mt-1 size-3.5 shrink-0 ${look}`} />
                <span className="min-w-0 font-mono text-xs leading-5 break-words">{change.text}</span>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
