import { useNavigate } from '@tanstack/react-router';
import { RehearsalMenu } from '@/components/rehearsal-menu';
import { say } from '@/lib/toasts';

/** A call without a telephone: plays one and leads to it. */
export function Rehearsal() {
  const navigate = useNavigate();
  return (
    <RehearsalMenu
      onPlayed={({ events }) => {
        const started = events.reduce((sum, event) => sum + event.runs.length, 0);
        say('Call played', started === 0 ? 'No flow matched it.' : 'Its runs are beside the conversation.');
        const callId = events.at(-1)?.call_id;
        if (callId) void navigate({ to: '/calls/$callId', params: { callId }, search: {} });
      }}
    />
  );
}
