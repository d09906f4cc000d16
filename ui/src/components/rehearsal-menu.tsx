import { useQuery } from '@tanstack/react-query';
import { PhoneCall } from 'lucide-react';
import { useMay } from '@/lib/may';
import { type Played, rehearsalsQuery, usePlay } from '@/lib/server/rehearsals';
import { Button } from './button';
import { Failure } from './failure';
import { Menu } from './menu';

/** A call without a telephone: plays one of a few, and tells what it has started. */
export function RehearsalMenu({ onPlayed }: { onPlayed: (played: Played) => void }) {
  const { why } = useMay('write');
  const known = useQuery(rehearsalsQuery());
  const play = usePlay();
  return (
    <>
      <Menu
        label="Scenario"
        note="A made-up call as Vapi would tell it. Flows do for it what they do for a real one."
        items={(known.data?.scenarios ?? []).map(({ name, title, description }) => ({
          label: title,
          hint: why ?? description,
          disabled: why !== undefined,
          onSelect: () =>
            play.mutate({ provider: 'vapi', scenario: name, effects: 'live' }, { onSuccess: onPlayed }),
        }))}
        trigger={
          <Button
            look="primary"
            busy={play.isPending || known.isPending}
            icon={<PhoneCall aria-hidden="true" />}
          >
            Play a rehearsal call
          </Button>
        }
      />
      {known.isError && (
        <div className="basis-full text-left">
          <Failure
            error={known.error}
            what="The rehearsal calls could not be loaded"
            retry={() => void known.refetch()}
          />
        </div>
      )}
      {play.isError && (
        <div className="basis-full text-left">
          <Failure error={play.error} what="The rehearsal could not be played" />
        </div>
      )}
    </>
  );
}
