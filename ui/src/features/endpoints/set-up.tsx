import { Link } from '@tanstack/react-router';
import { ExternalLink } from 'lucide-react';
import { Badge } from '@/components/badge';
import { buttonClass } from '@/components/button';
import { CodeBlock } from '@/components/code-block';
import { CopyButton } from '@/components/copy-button';
import { Copyable } from '@/components/copyable';
import { Numeral } from '@/components/numeral';
import { Panel } from '@/components/panel';
import type { components } from '@/lib/schema';
import type { Endpoint } from '@/lib/types';
import { masked } from './masked';

type Props = { endpoint: Endpoint; platform: components['schemas']['ProviderDetail'] };

/** How this very platform is told to send here: where to click, what to copy, what to switch on. */
export function SetUp({ endpoint, platform }: Props) {
  const { guide } = platform;
  return (
    <Panel
      title={`Set up ${platform.title}`}
      actions={
        guide.console && (
          <a href={guide.console.url} target="_blank" rel="noreferrer" className={buttonClass('plain', 'sm')}>
            {guide.console.title}
            <ExternalLink aria-hidden="true" />
          </a>
        )
      }
    >
      <ol className="flex flex-col gap-4">
        {guide.steps.map((step, i) => (
          <li key={i} className="flex gap-3">
            <Numeral n={i + 1} />
            <div className="flex min-w-0 flex-1 flex-col gap-2">
              <p>{step.text}</p>
              {step.show === 'address' && (
                <Copyable text={endpoint.url} label="Copy the address" why={masked(endpoint.url)} />
              )}
              {step.code && (
                <Snippet
                  text={step.code.replaceAll('{{address}}', endpoint.url)}
                  n={i + 1}
                  why={step.code.includes('{{address}}') ? masked(endpoint.url) : undefined}
                />
              )}
              {step.auth && !endpoint.has_secret && (
                <a href="#secret" className="self-start rounded text-accent underline underline-offset-2">
                  Put it in here
                </a>
              )}
              {step.auth && endpoint.has_secret && (
                <span>
                  <Badge tone="ok">set</Badge>
                </span>
              )}
            </div>
          </li>
        ))}
      </ol>
      <h3 className="mt-5 mb-2 font-medium">What to switch on</h3>
      <ul aria-label="Events to switch on" className="flex flex-wrap gap-1.5">
        {guide.events.map((event) => (
          <li key={event}>
            <Badge mono>{event}</Badge>
          </li>
        ))}
      </ul>
      {guide.asks.length > 0 && (
        <>
          <h3 className="mt-5 mb-2 font-medium">Where a flow is to answer the platform</h3>
          <ul className="flex list-disc flex-col gap-1.5 pl-5">
            {guide.asks.map((ask) => (
              <li key={ask}>{ask}</li>
            ))}
          </ul>
        </>
      )}
      <h3 className="mt-5 mb-2 font-medium">How it delivers</h3>
      <p className="text-ink-soft">{guide.delivery}</p>
      <p className="mt-4 text-xs text-ink-mute">
        From{' '}
        {guide.sources.map((source, i) => (
          <span key={source}>
            {i > 0 && ', '}
            <a
              href={source}
              target="_blank"
              rel="noreferrer"
              className="rounded break-all underline underline-offset-2"
            >
              {source.replace('https://', '')}
            </a>
          </span>
        ))}
        . Without a call at hand:{' '}
        <Link
          to="/developers/test"
          search={{ provider: endpoint.provider }}
          className="rounded text-accent underline underline-offset-2"
        >
          send a sample of this platform
        </Link>
        .
      </p>
    </Panel>
  );
}

function Snippet({ text, n, why }: { text: string; n: number; why: string | undefined }) {
  return (
    <div className="flex flex-col gap-2">
      <CodeBlock text={text} label={`Code of step ${n}`} />
      <div>
        <CopyButton text={text} label="Copy" showLabel why={why} />
      </div>
    </div>
  );
}
