import { useNavigate } from '@tanstack/react-router';
import { Eye, PhoneCall } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { Panel } from '@/components/panel';
import { useMay } from '@/lib/may';
import { problemsOf } from '@/lib/problem';
import { usePlay } from '@/lib/server/rehearsals';
import { say } from '@/lib/toasts';
import type { Rehearsals } from '@/lib/types';
import { ForeseenList } from './foreseen-list';
import { NOTHING, OwnStoryFields, storyOf } from './own-story';
import { ScenarioChoice } from './scenario-choice';
import { Story } from './story';

type Props = {
  known: Rehearsals;
  provider: string;
  scenario: string;
  onChoose: (next: { provider?: string; scenario?: string }) => void;
};

/** Choose, read what is said, see what would happen, play it. */
export function Rehearsal({ known, provider, scenario, onChoose }: Props) {
  const navigate = useNavigate();
  const [held, live] = [useMay('operate'), useMay('write')];
  const hold = usePlay();
  const play = usePlay();
  const chosen = known.scenarios.find(({ name }) => name === scenario) ?? known.scenarios[0];
  const [draft, setDraft] = useState(NOTHING);
  const choice = { provider, scenario, story: storyOf(draft) };
  // What was held back belongs to one choice.
  const isAsked = JSON.stringify(hold.variables) === JSON.stringify({ ...choice, effects: 'held' });
  const foreseen = isAsked ? hold.data?.foreseen : undefined;
  const problems = [...problemsOf(play.error), ...problemsOf(hold.error)];
  const problem = (path: string) => problems.find((each) => each.path.startsWith(`/story${path}`))?.message;
  const playNow = () =>
    play.mutate(
      { ...choice, effects: 'live' },
      {
        onSuccess: ({ events }) => {
          const started = events.reduce((sum, event) => sum + event.runs.length, 0);
          say('Call played', started === 0 ? 'No flow matched it.' : 'Its runs are beside the conversation.');
          const callId = events.at(-1)?.call_id;
          if (callId) void navigate({ to: '/calls/$callId', params: { callId }, search: {} });
        },
      },
    );
  return (
    <div className="grid items-start gap-4 xl:grid-cols-2">
      <div className="flex flex-col gap-4">
        <ScenarioChoice known={known} provider={provider} scenario={scenario} onChoose={onChoose} />
        <OwnStoryFields
          draft={draft}
          endings={known.endings}
          set={(change) => setDraft((all) => ({ ...all, ...change }))}
          problem={problem}
        />
      </div>
      <Panel
        className="xl:sticky xl:top-4 xl:row-span-2 xl:max-h-[calc(100dvh-2rem)] xl:overflow-y-auto"
        title="What would happen"
        actions={
          <>
            <Button
              size="sm"
              icon={<Eye aria-hidden="true" />}
              busy={hold.isPending}
              why={held.why}
              onClick={() => hold.mutate({ ...choice, effects: 'held' })}
            >
              Hold back and look
            </Button>
            <Button
              size="sm"
              look="primary"
              icon={<PhoneCall aria-hidden="true" />}
              busy={play.isPending}
              why={live.why}
              onClick={playNow}
            >
              Play for real
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          {play.isError && <Failure error={play.error} what="The rehearsal could not be played" />}
          {hold.isError && <Failure error={hold.error} what="The rehearsal could not be tried out" />}
          {foreseen ? (
            <div role="status">
              <ForeseenList foreseen={foreseen} />
            </div>
          ) : (
            <Empty icon={<Eye />} title="Not looked at yet">
              “Hold back and look” shows each moment of the call, the flows that start and every value they
              would send. Nothing leaves the server and nothing is stored. “Play for real” does it all.
            </Empty>
          )}
        </div>
      </Panel>
      {chosen && !choice.story && <Story scenario={chosen} />}
    </div>
  );
}
