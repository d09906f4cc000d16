import { PhoneCall } from 'lucide-react';
import { useMay } from '@/lib/may';
import { type Played, useRehearse } from '@/lib/server/calls';
import { Button } from './button';
import { Failure } from './failure';
import { Menu } from './menu';

const scenarios = [
  ['interested', 'Interested', 'A conversation of a minute that ends with a lead'],
  ['not_interested', 'Not interested', 'A short conversation that ends with a no'],
  ['voicemail', 'Voicemail', 'A machine picks up'],
  ['no_answer', 'No answer', 'Nobody picks up'],
] as const;

/** A call without a telephone: plays one of a few, and tells what it has started. */
export function RehearsalMenu({ onPlayed }: { onPlayed: (played: Played) => void }) {
  const { why } = useMay('write');
  const rehearse = useRehearse();
  return (
    <>
      <Menu
        label="Scenario"
        note="A made-up call as Vapi would tell it. Flows do for it what they do for a real one."
        items={scenarios.map(([name, label, hint]) => ({
          label,
          hint: why ?? hint,
          disabled: why !== undefined,
          onSelect: () => rehearse.mutate(name, { onSuccess: onPlayed }),
        }))}
        trigger={
          <Button look="primary" busy={rehearse.isPending} icon={<PhoneCall aria-hidden="true" />}>
            Play a rehearsal call
          </Button>
        }
      />
      {rehearse.isError && (
        <div className="basis-full text-left">
          <Failure error={rehearse.error} what="The rehearsal could not be played" />
        </div>
      )}
    </>
  );
}
