import { useMemo } from 'react';
import { classes } from '@/lib/classes';
import { highlight } from '@/lib/json-highlight';

type Props = { text: string; json?: boolean; wrap?: boolean; label: string; className?: string };

const tones = {
  key: 'text-json-key',
  text: 'text-json-text',
  number: 'text-json-number',
  word: 'text-json-word',
  plain: '',
} as const;

/** Text as it is, never as HTML; JSON gets colours while it is of a size that a reader can take in. */
export function CodeBlock({ text, json = false, wrap = true, label, className }: Props) {
  const parts = useMemo(() => (json && text.length < 60_000 ? highlight(text) : null), [text, json]);
  return (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      role="region"
      aria-label={label}
      className={classes(
        'max-h-[28rem] overflow-auto rounded-md bg-inset p-3 font-mono text-xs leading-[1.125rem]',
        wrap ? 'break-words whitespace-pre-wrap' : 'whitespace-pre',
        className,
      )}
    >
      {parts
        ? parts.map((part, i) =>
            part.tone === 'plain' ? (
              part.text
            ) : (
              <span key={i} className={tones[part.tone]}>
                {part.text}
              </span>
            ),
          )
        : text}
    </pre>
  );
}
