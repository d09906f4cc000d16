import { useQuery } from '@tanstack/react-query';
import { Pencil, Undo2 } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '@/components/button';
import { Failure } from '@/components/failure';
import { JsonEditor } from '@/components/json-editor';
import { useMay } from '@/lib/may';
import type { FieldProblem } from '@/lib/problem';
import { eventQuery, isMoment } from '@/lib/server/events';
import type { Run } from '@/lib/types';

type Props = {
  /** The event that the run saw. */
  event: Run['event'];
  /** What it is to see instead, as JSON; nothing: the same. */
  text: string | undefined;
  problems: FieldProblem[];
  onChange: (text: string | undefined) => void;
};

/** What a replayed run is to see: what it saw, until somebody edits it. */
export function ReplayEvent({ event, text, problems, onChange }: Props) {
  const saw = useQuery({ ...eventQuery(event.id), enabled: isMoment(event.kind) });
  const may = useMay('write').why;
  const within = useMemo(
    () =>
      problems
        .filter(({ path }) => path.startsWith('/event'))
        .map(({ path, message }) => ({ path: path.slice('/event'.length), message })),
    [problems],
  );
  if (text === undefined) {
    return (
      <div className="flex flex-wrap items-center gap-2">
        <Button
          size="sm"
          busy={saw.isLoading}
          why={
            !isMoment(event.kind)
              ? 'It tells of another run or flow: that is not edited'
              : saw.isError
                ? 'What the run saw could not be loaded'
                : may
          }
          icon={<Pencil aria-hidden="true" />}
          onClick={() => saw.data && onChange(JSON.stringify(saw.data, null, 2))}
        >
          Edit what the run sees
        </Button>
        <span className="text-xs text-ink-mute">The event of the call, as it came, unless you edit it.</span>
        {saw.isError && (
          <Failure
            error={saw.error}
            what="What the run saw could not be loaded"
            retry={() => void saw.refetch()}
          />
        )}
      </div>
    );
  }
  return (
    <section aria-label="The edited event" className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <p className="text-xs text-ink-mute">
          The event that the new run sees. What differs is marked on it; the call itself stays as it is.
        </p>
        <Button
          size="sm"
          look="quiet"
          icon={<Undo2 aria-hidden="true" />}
          onClick={() => onChange(undefined)}
        >
          As it came
        </Button>
      </div>
      <JsonEditor
        label="The event that the new run sees, as JSON"
        value={text}
        onChange={onChange}
        problems={within}
      />
    </section>
  );
}
