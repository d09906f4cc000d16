import { Badge } from '@/components/badge';

/** How much is wrong: problems, or else what looks wrong. */
export function MarkCount({ problems, warnings = 0 }: { problems: number; warnings?: number }) {
  const [count, word] = problems > 0 ? [problems, 'problem'] : [warnings, 'warning'];
  if (count === 0) return null;
  return (
    <Badge tone={problems > 0 ? 'bad' : 'wait'}>
      {count}
      <span className="sr-only">
        {' '}
        {word}
        {count > 1 && 's'}
      </span>
    </Badge>
  );
}
