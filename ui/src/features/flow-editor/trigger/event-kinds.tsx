import { Plus, X } from 'lucide-react';
import { Button, buttonClass } from '@/components/button';
import { IconButton } from '@/components/icon-button';
import { Picker } from '@/components/picker';
import { Select } from '@/components/select';
import { useEdit } from '@/features/flow-editor/context';
import { Labelled } from '@/features/flow-editor/fields/labelled';
import type { EventKind } from '@/lib/types';

type Props = { kinds: EventKind[] | undefined; chosen: string[]; settles: boolean | undefined };

const timing = (settles: boolean | undefined) =>
  settles
    ? 'Runs when the call is settled: it has ended, and its outcome is known (or none came within 5 minutes).'
    : settles === false
      ? 'Runs as soon as the call has ended: nothing here reads its outcome.'
      : 'Runs when the call has ended; if the flow reads the outcome, once that is known.';

/** The kinds of events that start the flow, each with what it means. */
export function EventKinds({ kinds, chosen, settles }: Props) {
  const { set } = useEdit();
  const put = (next: string[]) => set('/on', next);
  const free = kinds?.filter(({ kind }) => !chosen.includes(kind)) ?? [];
  const meaning = (kind: string) =>
    kind === 'call.ended' ? timing(settles) : kinds?.find((each) => each.kind === kind)?.description;
  return (
    <Labelled at="/on" label="Moment of the call" deep>
      {(ids) => (
        <div className="flex flex-col gap-2">
          {(chosen.length === 0 ? [''] : chosen).map((kind, i) => (
            <div key={i} className="flex flex-col gap-1">
              <div className="flex gap-1">
                <Select
                  {...(i === 0 && ids)}
                  {...(i > 0 && { 'aria-label': `Moment of the call, ${i + 1}` })}
                  className="min-w-0 flex-1 sm:max-w-80"
                  value={kind}
                  onChange={(event) =>
                    put(chosen.length === 0 ? [event.target.value] : chosen.with(i, event.target.value))
                  }
                >
                  {!kinds?.some((each) => each.kind === kind) && (
                    <option value={kind}>{kind || 'Choose a moment'}</option>
                  )}
                  {kinds
                    ?.filter((each) => each.kind === kind || !chosen.includes(each.kind))
                    .map((each) => (
                      <option key={each.kind} value={each.kind}>
                        {each.title}
                      </option>
                    ))}
                </Select>
                {chosen.length > 1 && (
                  <IconButton
                    label={`Not when ${kind}`}
                    icon={<X aria-hidden="true" />}
                    onClick={() => put(chosen.toSpliced(i, 1))}
                  />
                )}
              </div>
              {meaning(kind) && <p className="text-xs text-ink-mute">{meaning(kind)}</p>}
            </div>
          ))}
          {chosen.length > 0 && free.length > 0 && (
            <div className="-ml-2">
              <Picker
                label="Moments of a call"
                groups={[
                  {
                    label: 'Moments of a call',
                    items: free.map((each) => ({
                      value: each.kind,
                      label: each.title,
                      hint: each.description,
                      words: each.kind,
                    })),
                  },
                ]}
                onPick={(kind) => put([...chosen, kind])}
                empty="There is no such moment."
                trigger={
                  <button type="button" className={buttonClass('quiet', 'sm')}>
                    <Plus aria-hidden="true" />
                    or when
                  </button>
                }
              />
            </div>
          )}
          {kinds === undefined && (
            <Button size="sm" busy>
              Loading the moments
            </Button>
          )}
        </div>
      )}
    </Labelled>
  );
}
