import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Failure } from '@/components/failure';
import { Finder } from '@/components/finder';
import { eventCallQuery, findQuery } from '@/lib/server/find';
import { useSettled } from '@/lib/use-settled';
import { useEntries } from './entries';
import { found } from './found';

/** Longer words are no name. */
const MOST = 100;

/** Finds anything by name, number or id, goes anywhere, and does what is done often. */
export function Palette({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().slice(0, MOST);
  const words = useSettled(wanted);
  const list = useQuery(findQuery(words));
  const event = useQuery(eventCallQuery(wanted));
  const own = useEntries();
  const old = words !== wanted || list.isPlaceholderData;
  const groups = found(wanted, own, wanted === '' ? undefined : list.data, event.data, old);
  const busy = old || list.isFetching || event.isFetching;
  return (
    <Dialog.Root open onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/35" />
        <Dialog.Popup
          aria-label="Find anything"
          className="fixed top-[10vh] left-1/2 z-50 flex max-h-[min(32rem,75vh)] w-[min(36rem,calc(100vw-1rem))] -translate-x-1/2 flex-col overflow-hidden rounded-xl border border-line bg-raised shadow-pop outline-none"
        >
          <Finder
            label="anything"
            placeholder="Find a flow, agent, contact, number or id, or go somewhere"
            groups={groups}
            onSearch={setTyped}
            onPick={({ value }) => {
              const entry = groups.flatMap(({ items }) => items).find((each) => each.value === value);
              onClose();
              if (entry?.act) entry.act();
              else if (entry?.to) void navigate(entry.to);
            }}
            empty={
              list.isError ? (
                <Failure
                  error={list.error}
                  what="Nothing could be searched"
                  retry={() => void list.refetch()}
                />
              ) : busy ? (
                'Searching …'
              ) : event.isError ? (
                'There is no event with this id. It may have been removed with its call.'
              ) : (
                'Nothing is called so. Flows, agents, recipes and contacts are found by name, calls by a part of a number, and runs, calls and events by their id.'
              )
            }
          />
          <p aria-live="polite" className="sr-only">
            {wanted !== '' && !busy && `${groups.reduce((sum, { items }) => sum + items.length, 0)} found`}
          </p>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
