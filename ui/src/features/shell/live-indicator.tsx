import { StatusDot } from '@/components/status-dot';
import { useLive, useLiveState } from '@/lib/live';

const words = {
  connecting: { tone: 'off', text: 'Connecting', title: 'The live stream is being opened' },
  live: { tone: 'ok', text: 'Live', title: 'Events, runs and entries appear as they happen' },
  lost: { tone: 'wait', text: 'Reconnecting', title: 'The live stream was lost; what you see may be old' },
} as const;

/** Whether this page hears what happens. Keeps the stream open while the application is. */
export function LiveIndicator() {
  useLive(() => undefined);
  const { tone, text, title } = words[useLiveState()];
  return (
    <span role="status" title={title} className="inline-flex items-center gap-1.5 px-2 text-xs text-ink-mute">
      <StatusDot tone={tone} />
      {text}
    </span>
  );
}
