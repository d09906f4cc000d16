import { Dialog } from '@/components/dialog';
import { Kbd } from '@/components/kbd';
import { findKeys, places } from '@/lib/shortcuts';

type Row = [keys: string[], what: string];

const groups: [title: string, rows: Row[]][] = [
  [
    'Anywhere',
    [
      [findKeys, 'Find anything, or go anywhere'],
      [['/'], 'Focus the search or the first filter'],
      [['?'], 'Show this list'],
      ...Object.entries(places).map(([key, { label }]): Row => [['g', key], `Go to ${label}`]),
    ],
  ],
  [
    'Lists, calls and runs',
    [
      [['j', 'k'], 'Next, previous row'],
      [['Enter'], 'Open the row'],
      [['x'], 'Select the run; with Shift all from the last one on'],
      [['J', 'K'], 'On a call: the older, the newer one'],
      [['←', '→'], 'On the picture of a run: from step to step'],
      [['Esc'], 'Close what is open above the page'],
    ],
  ],
  [
    'Flow editor',
    [
      [['Ctrl', 'S'], 'Save and publish'],
      [['Ctrl', 'Z'], 'Undo; with Shift redo'],
      [['{', '{'], 'In a text: insert a value; | a filter behind it'],
      [['Ctrl', 'Space'], 'In a text or condition: complete what is typed'],
      [['Alt', '↑↓'], 'On a step: move it'],
      [['Ctrl', 'D'], 'On a step: duplicate it'],
    ],
  ],
  [
    'Canvas',
    [
      [['↑↓', '←→'], 'From place to place'],
      [['Home', 'End'], 'The first, the last place'],
      [['Enter'], 'Open the step; Esc goes back to it'],
      [['a'], 'Add a step behind it'],
      [['Del'], 'Remove the step'],
      [['Space'], 'Collapse or expand what is inside'],
      [['⇧', '↑↓'], 'Choose several steps; a click with Shift does so too'],
      [['Ctrl', 'C'], 'Copy what is chosen; X cuts, V puts it behind a step, in any window'],
    ],
  ],
  [
    'Recording of a call',
    [
      [['←', '→'], '5 s back, ahead, once it was started'],
      [['Space'], 'Play and pause, once it was started'],
    ],
  ],
];

/** Every key that does something, by where it does. */
export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title="Keyboard shortcuts">
      {groups.map(([title, rows]) => (
        <section key={title} aria-label={title} className="flex flex-col gap-2">
          <h3 className="font-medium">{title}</h3>
          <dl className="grid grid-cols-[6.5rem_1fr] gap-y-2">
            {rows.map(([keys, what]) => (
              <div key={what} className="contents">
                <dt className="flex gap-1">
                  {keys.map((key, i) => (
                    <Kbd key={i}>{key}</Kbd>
                  ))}
                </dt>
                <dd className="text-ink-soft">{what}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
