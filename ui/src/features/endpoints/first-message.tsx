import { Link } from '@tanstack/react-router';
import { CircleCheck, Radio } from 'lucide-react';
import type { ReactNode } from 'react';
import { Time } from '@/components/time';
import { classes } from '@/lib/classes';
import type { Arrival, Endpoint } from '@/lib/types';
import { LineState } from './line-state';

type Props = { endpoint: Endpoint; signs: boolean; last: Arrival | undefined };

/** Whether messages arrive: it waits until the first was accepted, and turns green with it. */
export function FirstMessage({ endpoint, signs, last }: Props) {
  const heard = endpoint.first_message_at;
  const unready = !heard && signs && endpoint.signature === 'required' && !endpoint.has_secret;
  const refused = !heard && last?.verdict === 'refused';
  return (
    <div
      role="status"
      className={classes(
        'flex gap-3 rounded-lg border p-4',
        heard
          ? 'border-ok/35 bg-ok-soft'
          : refused
            ? 'border-bad/40 bg-bad-soft'
            : 'border-wait/35 bg-wait-soft',
      )}
    >
      {heard ? (
        <CircleCheck aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-ok" />
      ) : (
        <Radio aria-hidden="true" className="mt-0.5 size-5 shrink-0 animate-pulse text-wait" />
      )}
      <div className="flex min-w-0 flex-col gap-1">
        {heard ? (
          <Line title="Messages arrive">
            The first was accepted <Time at={heard} />.{' '}
            <Link to="/calls" className="rounded text-accent underline underline-offset-2">
              See the calls
            </Link>
          </Line>
        ) : refused ? (
          <Line title="A message came, and was refused">{last.reason}</Line>
        ) : unready ? (
          <Line title="No secret yet">
            Messages without a valid signature are refused.{' '}
            <a href="#secret" className="rounded text-accent underline underline-offset-2">
              Put the platform’s secret in
            </a>
            .
          </Line>
        ) : (
          <Line title="Waiting for the first message">
            Follow the steps, then make a call. This turns green by itself when the platform’s message is
            here.
          </Line>
        )}
        {endpoint.link && <LineState link={endpoint.link} />}
      </div>
    </div>
  );
}

function Line({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <p className="font-medium">{title}</p>
      <p className="break-words text-ink-soft">{children}</p>
    </>
  );
}
