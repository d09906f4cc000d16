import type { FieldProblem } from '@/lib/problem';

/** Problems and warnings of a place, in words. */
export function MarkList({ problems, warnings }: { problems: FieldProblem[]; warnings: FieldProblem[] }) {
  if (problems.length + warnings.length === 0) return null;
  return (
    <ul className="mt-1 flex flex-col gap-0.5 text-xs">
      {problems.map(({ message }, i) => (
        <li key={i} className="text-bad">
          {message}
        </li>
      ))}
      {warnings.map(({ message }, i) => (
        <li key={`w${i}`} className="text-wait">
          {message}
        </li>
      ))}
    </ul>
  );
}
