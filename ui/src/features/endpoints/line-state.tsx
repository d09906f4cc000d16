import { Badge } from '@/components/badge';
import type { Tone } from '@/components/status';
import { Time } from '@/components/time';
import type { Link } from '@/lib/types';

const words: Record<Link['state'], [Tone, string]> = {
  connecting: ['wait', 'connecting'],
  connected: ['ok', 'listening'],
  failing: ['bad', 'not connected'],
  elsewhere: ['off', 'kept by another node'],
  off: ['off', 'not connected'],
};

/** How the connection to a switch does that is listened to. */
export function LineState({ link }: { link: Link }) {
  const [tone, word] = words[link.state];
  return (
    <span className="flex flex-col gap-0.5 text-xs text-ink-mute">
      <span className="flex flex-wrap items-center gap-2">
        <Badge tone={tone}>{word}</Badge>
        {link.since && (
          <span>
            since <Time at={link.since} />
          </span>
        )}
      </span>
      {link.error && <span className="break-words text-bad">{link.error}</span>}
    </span>
  );
}
