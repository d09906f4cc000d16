import { useMemo } from 'react';
import { classes } from '@/lib/classes';
import { plural } from '@/lib/format';
import { diffLines, hunksOf } from '@/lib/line-diff';

const looks = { ' ': 'text-ink-soft', '-': 'bg-bad-soft', '+': 'bg-ok-soft' } as const;
const words = { ' ': '', '-': 'removed: ', '+': 'added: ' } as const;

/** Two texts, line by line: what went, what came, and a little around it. */
export function TextDiff({ before, after, label }: { before: string; after: string; label: string }) {
  const hunks = useMemo(() => hunksOf(diffLines(before, after)), [before, after]);
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
      className="max-h-[28rem] overflow-auto rounded-md border border-line font-mono text-xs leading-5"
    >
      {hunks.map((hunk, i) =>
        'skipped' in hunk ? (
          <p key={i} className="bg-canvas px-3 font-sans text-ink-mute">
            {plural(hunk.skipped, 'equal line')}
          </p>
        ) : (
          hunk.lines.map((line, j) => (
            <p key={`${i}-${j}`} className={classes('flex', looks[line.sign])}>
              <span aria-hidden="true" className="w-9 shrink-0 pr-1 text-right text-ink-mute select-none">
                {line.new ?? line.old}
              </span>
              <span aria-hidden="true" className="w-4 shrink-0 text-center select-none">
                {line.sign}
              </span>
              <span className="min-w-0 flex-1 pr-2 break-words whitespace-pre-wrap">
                <span className="sr-only">{words[line.sign]}</span>
                {line.text}
              </span>
            </p>
          ))
        ),
      )}
    </section>
  );
}
