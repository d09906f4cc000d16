import { Dialog } from '@/components/dialog';
import { Kbd } from '@/components/kbd';
import { findKeys, places } from '@/lib/shortcuts';

const rows: [keys: string[], what: string][] = [
  [findKeys, 'Find anything, or go anywhere'],
  ...Object.entries(places).map(([key, { label }]): [string[], string] => [['g', key], `Go to ${label}`]),
  [['/'], 'Focus the search or the first filter'],
  [['j', 'k'], 'Next, previous row of a list'],
  [['Enter'], 'Open the row'],
  [['x'], 'Select the run; with Shift all from the last one on'],
  [['J', 'K'], 'On a call: the older, the newer one'],
  [['?'], 'Show this list'],
];

export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title="Keyboard shortcuts">
      <dl className="grid grid-cols-[5rem_1fr] gap-y-2">
        {rows.map(([keys, what]) => (
          <div key={what} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd className="text-ink-soft">{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
