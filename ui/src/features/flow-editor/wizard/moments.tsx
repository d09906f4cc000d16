import { use, useId, useState } from 'react';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';
import { CatalogueContext, useEdit } from '@/features/flow-editor/context';
import { Labelled } from '@/features/flow-editor/fields/labelled';
import { classes } from '@/lib/classes';
import type { EventKind } from '@/lib/types';

/** Those that most flows wait for; the others are one click away, in the server's order. */
const usual = ['call.ended', 'call.analyzed', 'call.incoming', 'call.answered'];

/** The moment of the call, as one choice; what the form has made of several is said and left alone until one is chosen. */
export function Moments({ chosen }: { chosen: string[] }) {
  const { kinds } = use(CatalogueContext);
  const { set } = useEdit();
  const name = useId();
  const [all, setAll] = useState(false);
  if (!kinds) return <Skeleton rows={4} label="Loading the moments" />;
  // Flows that watch other flows are for those who have some.
  const offered = kinds.filter(({ kind, watches }) => !watches || chosen.includes(kind));
  const first = usual.flatMap((kind) => offered.filter((each) => each.kind === kind));
  const others = offered.filter(({ kind }) => !usual.includes(kind));
  const shown = [...first, ...others.filter(({ kind }) => all || chosen.includes(kind))];
  const asks = kinds.some((each) => each.asks && chosen.includes(each.kind));
  return (
    <Labelled at="/on" label="Moment of the call" deep quiet>
      {() => (
        <div className="flex flex-col gap-2">
          <div role="radiogroup" aria-label="Moment of the call" className="grid gap-2 sm:grid-cols-2">
            {shown.map((each) => (
              <Moment
                key={each.kind}
                name={name}
                kind={each}
                chosen={chosen.includes(each.kind)}
                onChoose={() => set('/on', [each.kind])}
              />
            ))}
          </div>
          {shown.length < offered.length && (
            <div>
              <Button size="sm" look="quiet" onClick={() => setAll(true)}>
                {offered.length - shown.length} more moments
              </Button>
            </div>
          )}
          {asks && (
            <Notice title="The call waits for an answer then">
              End with “Reply”: it hands your values back into the call, within seconds.
            </Notice>
          )}
        </div>
      )}
    </Labelled>
  );
}

type MomentProps = { name: string; kind: EventKind; chosen: boolean; onChoose: () => void };

function Moment({ name, kind, chosen, onChoose }: MomentProps) {
  return (
    <label
      className={classes(
        'flex cursor-pointer gap-2.5 rounded-lg border px-3 py-2.5 hover:bg-inset',
        chosen ? 'border-accent bg-accent-soft' : 'border-line',
      )}
    >
      <input
        type="radio"
        name={name}
        checked={chosen}
        onChange={onChoose}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <span className="min-w-0">
        <span className="block font-medium">{kind.title}</span>
        <span className="block text-xs text-ink-soft">{kind.description}</span>
      </span>
    </label>
  );
}
