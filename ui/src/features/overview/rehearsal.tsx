import { useNavigate } from '@tanstack/react-router';
import { PhoneCall } from 'lucide-react';
import { Button } from '@/components/button';
import { Failure } from '@/components/failure';
import { Menu } from '@/components/menu';
import { useRehearse } from '@/lib/server/calls';
import { say } from '@/lib/toasts';

const scenarios = [
  ['interested', 'Interested', 'A conversation of a minute that ends with a lead'],
  ['not_interested', 'Not interested', 'A short conversation that ends with a no'],
  ['voicemail', 'Voicemail', 'A machine picks up'],
  ['no_answer', 'No answer', 'Nobody picks up'],
] as const;

/** A call without a telephone: plays one and leads to it. */
export function Rehearsal() {
  const navigate = useNavigate();
  const rehearse = useRehearse();
  const play = (scenario: string) =>
    rehearse.mutate(scenario, {
      onSuccess: ({ events }) => {
        const started = events.reduce((sum, event) => sum + event.runs.length, 0);
        say('Call played', started === 0 ? 'No flow matched it.' : 'Its runs are beside the conversation.');
        const callId = events.at(-1)?.call_id;
        if (callId) void navigate({ to: '/calls/$callId', params: { callId }, search: {} });
      },
    });
  return (
    <>
      <Menu
        label="Scenario"
        note="A made-up call as Vapi would tell it. Flows do for it what they do for a real one."
        items={scenarios.map(([name, label, hint]) => ({ label, hint, onSelect: () => play(name) }))}
        trigger={
          <Button look="primary" busy={rehearse.isPending} icon={<PhoneCall aria-hidden="true" />}>
            Play a rehearsal call
          </Button>
        }
      />
      {rehearse.isError && (
        <div className="basis-full">
          <Failure error={rehearse.error} what="The rehearsal could not be played" />
        </div>
      )}
    </>
  );
}
