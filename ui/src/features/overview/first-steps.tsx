import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { CodeBlock } from '@/components/code-block';
import { CopyButton } from '@/components/copy-button';
import { Numeral } from '@/components/numeral';
import { Panel } from '@/components/panel';

const linkClass = 'rounded text-accent underline underline-offset-2';

/** What to do on an empty workspace, in the order in which it pays. */
export function FirstSteps() {
  const command = [
    `curl -X POST ${location.origin}/v1/events \\`,
    '  -H "Authorization: Bearer YOUR_KEY" -H "Content-Type: application/json" \\',
    `  -d '{"kind": "call.ended", "call": {"provider_call_id": "first-call", "from": "+15550100", "to": "+15550101", "duration_s": 125}}'`,
  ].join('\n');
  const steps: [title: string, text: ReactNode][] = [
    [
      'Say what is to be done',
      <>
        <Link key="l" to="/flows/new" search={{ view: 'wizard' }} className={linkClass}>
          Create a flow
        </Link>{' '}
        or start from a{' '}
        <Link key="r" to="/recipes" className={linkClass}>
          recipe
        </Link>
        : when a call ends, send a webhook.
      </>,
    ],
    [
      'See it work',
      <>
        <Link key="l" to="/developers/rehearsal" className={linkClass}>
          Play a rehearsal call
        </Link>
        : a made-up call starts your flow, and nothing leaves unless you want it to.
      </>,
    ],
    [
      'Connect your voice platform',
      <>
        <Link key="l" to="/endpoints" className={linkClass}>
          Create an endpoint
        </Link>{' '}
        and paste its address into the platform’s webhook settings. Or send events yourself, with an{' '}
        <Link key="k" to="/keys" className={linkClass}>
          API key
        </Link>
        , from any terminal:
      </>,
    ],
  ];
  return (
    <Panel title="First steps">
      <ol className="flex flex-col gap-4">
        {steps.map(([title, text], i) => (
          <li key={title} className="flex gap-3">
            <Numeral n={i + 1} />
            <div>
              <p className="font-medium">{title}</p>
              <p className="text-ink-soft">{text}</p>
            </div>
          </li>
        ))}
      </ol>
      <div className="mt-3 flex flex-col gap-2 sm:pl-9">
        <CodeBlock text={command} label="Command that sends an event" />
        <div>
          <CopyButton text={command} label="Copy command" showLabel />
        </div>
      </div>
    </Panel>
  );
}
