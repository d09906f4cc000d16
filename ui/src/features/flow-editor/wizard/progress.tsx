import { Check } from 'lucide-react';
import { classes } from '@/lib/classes';
import { type Part, parts, partWords } from './parts';

/** The three steps as a list, the current one marked; each can be gone to at any time. */
export function Progress({ part, onPart }: { part: Part; onPart: (part: Part) => void }) {
  const at = parts.indexOf(part);
  return (
    <nav aria-label="Three steps to a flow">
      <ol className="flex flex-wrap items-center gap-x-1 gap-y-1">
        {parts.map((each, i) => (
          <li key={each} className="flex items-center gap-1">
            {i > 0 && <span aria-hidden="true" className="h-px w-2 bg-line-strong sm:w-8" />}
            <button
              type="button"
              aria-current={each === part ? 'step' : undefined}
              onClick={() => onPart(each)}
              className={classes(
                'inline-flex h-9 items-center gap-2 rounded-md px-1.5 hover:bg-inset sm:px-2',
                each === part ? 'font-medium text-ink' : 'text-ink-soft',
              )}
            >
              <span
                aria-hidden="true"
                className={classes(
                  'grid size-6 shrink-0 place-items-center rounded-full text-xs font-semibold',
                  i < at
                    ? 'bg-ok-soft text-ok'
                    : each === part
                      ? 'bg-accent text-accent-ink'
                      : 'bg-inset text-ink-soft',
                )}
              >
                {i < at ? <Check className="size-3.5" /> : i + 1}
              </span>
              {partWords[each].short}
              {partWords[each].rest && <span className="-ml-1 max-sm:hidden">{partWords[each].rest}</span>}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
