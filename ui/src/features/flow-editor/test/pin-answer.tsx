import { Pin, PinOff } from 'lucide-react';
import { use } from 'react';
import { Button } from '@/components/button';
import type { Answer } from './kept-test';
import { PinsContext } from './results';

type Props = { id: string; answer: Answer; cut: boolean };

/** Makes an answer the one that every dry test takes for a step's, or no longer; not one of which the end is missing. */
export function PinAnswer({ id, answer, cut }: Props) {
  const { pins, pin } = use(PinsContext);
  const pinned = id in pins;
  return (
    <Button
      size="sm"
      look="quiet"
      aria-pressed={pinned}
      why={cut && !pinned ? 'The answer is too long: only its beginning was kept' : undefined}
      icon={pinned ? <PinOff aria-hidden="true" /> : <Pin aria-hidden="true" />}
      title={
        pinned
          ? 'Every dry test takes this answer. Runs never do.'
          : 'Every dry test takes this answer until it is unpinned. Runs never do.'
      }
      onClick={() => pin(id, pinned ? undefined : answer)}
    >
      {pinned ? 'Unpin the answer' : 'Pin this answer'}
    </Button>
  );
}
