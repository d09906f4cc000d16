import { Notice } from '@/components/notice';
import { Time } from '@/components/time';
import { wait } from '@/lib/format';
import { toMillis } from '@/lib/time';
import type { Entry } from '@/lib/types';
import { useNow } from '@/lib/use-now';
import { adviceFor } from './advice';

/** What a reader must know before the details: the error with its code, when it is tried again, warnings. */
export function AttemptNotes({ entry }: { entry: Entry }) {
  const { error, retry_at: retryAt, warnings = [] } = entry;
  const ahead = retryAt ? toMillis(retryAt) > Date.now() : false;
  const now = useNow(1000, ahead);
  const left = retryAt ? toMillis(retryAt) - now : 0;
  if (!error && left <= 0 && warnings.length === 0) return null;
  return (
    <div className="flex flex-col gap-2 border-b border-line p-4">
      {error && (
        <Notice
          tone="bad"
          title={
            <>
              {error.message}{' '}
              <code className="font-mono text-xs font-normal text-ink-soft">{error.code}</code>
            </>
          }
        >
          {adviceFor(error.code, error.status)}
        </Notice>
      )}
      {left > 0 && (
        <Notice tone="wait">
          Tried again in {wait(Math.ceil(left / 1000) * 1_000_000)}, at <Time at={retryAt} />
        </Notice>
      )}
      {warnings.length > 0 && (
        <Notice tone="wait" title={warnings.length === 1 ? 'A warning' : `${warnings.length} warnings`}>
          <ul className="list-disc pl-4">
            {warnings.map((warning, i) => (
              <li key={i} className="break-words">
                {warning}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  );
}
