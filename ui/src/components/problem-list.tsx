import type { FieldProblem } from '@/lib/problem';

type Props = { problems: FieldProblem[]; onPlace?: ((path: string) => void) | undefined };

/** All problems of a document, each with its place; a place can be gone to where there is an editor. */
export function ProblemList({ problems, onPlace }: Props) {
  return (
    <ul className="flex flex-col gap-1.5">
      {problems.map((problem, i) => (
        <li key={i} className="flex flex-wrap items-baseline gap-x-2">
          {onPlace ? (
            <button
              type="button"
              className="rounded font-mono text-xs text-accent underline underline-offset-2"
              onClick={() => onPlace(problem.path)}
            >
              {problem.path || '/'}
            </button>
          ) : (
            <code className="font-mono text-xs text-ink-soft">{problem.path || '/'}</code>
          )}
          <span className="min-w-0 break-words">{problem.message}</span>
        </li>
      ))}
    </ul>
  );
}
