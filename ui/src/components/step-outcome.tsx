import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { classes } from '@/lib/classes';
import { milliseconds, plural, wait } from '@/lib/format';
import type { TestedStep } from '@/lib/types';
import { Badge } from './badge';
import { CodeBlock } from './code-block';
import { CopyCurl } from './copy-curl';
import { MessageView } from './message-view';
import { RequestView } from './request-view';
import { describe } from './step-result';
import { Tabs } from './tabs';

/** What a step that sends nothing decided. */
function decided({ detail, would_wait_s }: TestedStep): string {
  if (would_wait_s) return `a run would wait ${wait(would_wait_s * 1_000_000)} here`;
  if (detail === null || detail === undefined) return '';
  return typeof detail === 'string' ? detail : JSON.stringify(detail);
}

type Props = {
  result: TestedStep;
  startsOpen: boolean;
  /** What can be done with it. */
  acts?: ReactNode;
};

/** What one step did: its request, the answer to it, what it kept, what was wrong. */
export function StepOutcome({ result, startsOpen, acts }: Props) {
  const [open, setOpen] = useState(startsOpen);
  const [tab, setTab] = useState<string>();
  const { tone, label } = describe(result.result);
  const { request, response, error, saved } = result;
  const { warnings } = result;
  // What a test that sends nothing goes on with is no answer of anybody.
  const isDry = result.result === 'would_send';
  const tabs = [
    ...(request
      ? [
          {
            value: 'request',
            label: request.method === 'MAIL' ? 'Mail' : 'Request',
            content: (
              <>
                <RequestView
                  action={result.action}
                  request={request}
                  line={`${request.method} ${request.url}`}
                />
                <CopyCurl request={request} />
              </>
            ),
          },
        ]
      : []),
    ...(response
      ? [
          {
            value: 'response',
            label: isDry ? 'Assumed answer' : 'Response',
            content: <MessageView what="response" line={`HTTP ${response.status}`} message={response} />,
          },
        ]
      : []),
    ...(saved && Object.keys(saved).length > 0
      ? [
          {
            value: 'saved',
            label: 'Kept',
            content: <CodeBlock json text={JSON.stringify(saved, null, 2)} label="What the step kept" />,
          },
        ]
      : []),
  ];
  return (
    <article
      aria-label={`Result of ${result.step}`}
      className="overflow-hidden rounded-md border border-line"
    >
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex min-h-9 w-full items-center gap-2 px-3 py-1 text-left hover:bg-inset"
      >
        <ChevronRight
          aria-hidden="true"
          className={classes('size-3.5 shrink-0 text-ink-mute transition-transform', open && 'rotate-90')}
        />
        <span className="min-w-0 truncate font-mono text-xs">{result.path}</span>
        <span className="min-w-0 flex-1 truncate text-xs text-ink-mute">
          {request ? `${request.method} ${request.url}` : decided(result)}
        </span>
        {result.duration_ms > 0 && (
          <span className="text-xs text-ink-mute">{milliseconds(result.duration_ms)}</span>
        )}
        {warnings.length > 0 && <Badge tone="wait">{plural(warnings.length, 'warning')}</Badge>}
        <Badge tone={tone}>{response && !isDry ? `${response.status} ${label}` : label}</Badge>
      </button>
      {open && (
        <div className="border-t border-line">
          {(error || warnings.length > 0) && (
            <ul className="flex flex-col gap-1 px-3 py-2">
              {error && <li className="text-bad">{error.message}</li>}
              {warnings.map((warning, i) => (
                <li key={i} className="text-wait">
                  {/^[\w.$[\]'"{}-]+$/.test(warning) ? `${warning} has no value` : warning}
                </li>
              ))}
            </ul>
          )}
          {tabs.length > 0 ? (
            <Tabs
              label={`Parts of ${result.step}`}
              tabs={tabs}
              value={tab ?? tabs[0]?.value ?? ''}
              onChange={setTab}
            />
          ) : (
            !error &&
            warnings.length === 0 && (
              <p className="px-3 py-2 text-ink-mute">It had nothing to send and keeps nothing.</p>
            )
          )}
          {acts && <div className="border-t border-line px-2 py-1">{acts}</div>}
        </div>
      )}
    </article>
  );
}
