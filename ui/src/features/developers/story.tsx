import { Facts } from '@/components/facts';
import { Panel } from '@/components/panel';
import { classes } from '@/lib/classes';
import { milliseconds, position } from '@/lib/format';
import type { Rehearsals } from '@/lib/types';

/** What is said in a rehearsal call, and what is found out. */
export function Story({ scenario }: { scenario: Rehearsals['scenarios'][number] }) {
  const { transcript } = scenario;
  return (
    <Panel title="The call">
      <Facts
        facts={[
          ['Outcome', scenario.disposition],
          ['Length', transcript.length > 0 ? milliseconds(scenario.length_s * 1000) : null],
          ['Success', scenario.success === null ? null : scenario.success ? 'yes' : 'no'],
          ['Summary', scenario.summary],
        ]}
      />
      {transcript.length === 0 ? (
        <p className="mt-4 text-ink-mute">It rings, and nothing is said.</p>
      ) : (
        <ol aria-label="Transcript" className="mt-4 flex flex-col gap-2">
          {transcript.map((turn) => (
            <li key={turn.start_s} className="grid grid-cols-[2.75rem_minmax(0,1fr)] gap-x-3">
              <span className="pt-0.5 text-right text-xs text-ink-mute">{position(turn.start_s)}</span>
              <div>
                <span
                  className={classes(
                    'block text-xs font-medium',
                    turn.role === 'agent' ? 'text-accent' : 'text-ink-mute',
                  )}
                >
                  {turn.role === 'agent' ? 'Agent' : 'Customer'}
                </span>
                <p>{turn.text}</p>
              </div>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
