import { Link } from '@tanstack/react-router';
import { ChartColumn } from 'lucide-react';
import { Empty } from '@/components/empty';
import { classes } from '@/lib/classes';
import type { UsageLine } from '@/lib/types';
import { used } from './meters';

type Props = { lines: UsageLine[]; by: 'agent' | 'flow' };

/** Who used it: the dearest first, then the busiest. */
export function UsageTable({ lines, by }: Props) {
  // Calls belong to no flow: their line is there when they cost something.
  const own = lines.filter((line) => by === 'agent' || line.flow_id || line.credits > 0);
  if (own.length === 0) {
    return (
      <Empty icon={<ChartColumn />} title="Nothing was counted in this time">
        Send an event or play a rehearsal call: calls, runs and actions are counted as they happen.
      </Empty>
    );
  }
  const shown = used(lines).filter((meter) => by === 'agent' || !meter.ofCalls);
  const sorted = own.sort((a, b) => b.credits - a.credits || b.runs_begun - a.runs_begun);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled can be scrolled by keyboard
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={`Usage by ${by}`}>
      <table className="w-full text-left">
        <thead className="border-b border-line text-xs text-ink-mute">
          <tr>
            <th scope="col" className="px-4 py-2 font-normal">
              {by === 'flow' ? 'Flow' : 'Agent'}
            </th>
            {shown.map((meter) => (
              <th
                key={meter.label}
                scope="col"
                className="px-3 py-2 text-right font-normal whitespace-nowrap last:pr-4"
              >
                {meter.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {sorted.map((line) => (
            <tr key={line.flow_id ?? line.agent ?? ''}>
              <th scope="row" className="max-w-64 truncate px-4 py-2 font-medium">
                <Name line={line} by={by} />
              </th>
              {shown.map((meter) => (
                <td
                  key={meter.label}
                  className={classes(
                    'px-3 py-2 text-right whitespace-nowrap tabular-nums last:pr-4',
                    meter.of(line) === 0 && 'text-ink-mute',
                  )}
                >
                  {meter.shown(meter.of(line))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Name({ line, by }: { line: UsageLine; by: 'agent' | 'flow' }) {
  if (by === 'agent') return <>{line.agent ?? <span className="text-ink-mute">No agent</span>}</>;
  if (!line.flow_id) return <span className="text-ink-mute">Outside of flows</span>;
  if (!line.flow_name) return <span className="text-ink-mute">A flow that is gone</span>;
  return (
    <Link to="/flows/$flowId" params={{ flowId: line.flow_id }} className="hover:underline">
      {line.flow_name}
    </Link>
  );
}
