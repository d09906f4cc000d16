import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Failure } from '@/components/failure';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';
import { TextDiff } from '@/components/text-diff';
import { eventQuery } from '@/lib/server/events';
import type { Run } from '@/lib/types';

type Edited = NonNullable<Run['event']['edited']>;

/** Says that a run saw an edited event, and what somebody has changed of it. */
export function RunEdited({ event, edited }: { event: string; edited: Edited }) {
  const [open, setOpen] = useState(false);
  return (
    <Notice tone="wait" title="Input edited: this replay did not see what came from the platform">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {edited.changed.map((path) => (
          <code key={path} className="rounded bg-surface px-1 font-mono text-xs break-all">
            {path}
          </code>
        ))}
        <Button size="sm" look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Hide what differs' : 'Show what differs'}
        </Button>
      </p>
      {open && <Difference before={edited.of} after={event} />}
    </Notice>
  );
}

function Difference({ before, after }: { before: string; after: string }) {
  const [was, is] = useQueries({ queries: [eventQuery(before), eventQuery(after)] });
  const failed = [was, is].find(({ isError }) => isError);
  if (failed) return <Failure error={failed.error} what="The two events could not be loaded" />;
  if (!was.data || !is.data) return <Skeleton rows={3} label="Loading the two events" />;
  const text = ({ id: _, ...rest }: typeof was.data) => JSON.stringify(rest, null, 2);
  return <TextDiff label="What differs" before={text(was.data)} after={text(is.data)} />;
}
