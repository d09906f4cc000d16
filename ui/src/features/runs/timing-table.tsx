import { classes } from '@/lib/classes';
import { duration } from '@/lib/format';
import type { Entry } from '@/lib/types';
import { phaseColors, phaseHelp, phaseLabels, phasesOf } from './phases';
import { spanOf } from './waterfall';

/** Where the time of an attempt went, phase by phase. */
export function TimingTable({ entry }: { entry: Entry }) {
  const parts = phasesOf({ entry, ...spanOf(entry) });
  const total = parts.reduce((sum, part) => sum + part.micros, 0);
  const timing = entry.exchange?.timing;
  return (
    <div className="flex flex-col gap-3">
      <table className="w-full">
        <caption className="sr-only">Time by phase</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Phase</th>
            <th scope="col">Share</th>
            <th scope="col">Time</th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part.name}>
              <th
                scope="row"
                className="w-px py-1 pr-4 text-left font-normal whitespace-nowrap"
                title={phaseHelp[part.name]}
              >
                {phaseLabels[part.name]}
              </th>
              <td className="py-1">
                <div
                  style={{ width: `max(3px, ${(part.micros / total) * 100}%)` }}
                  className={classes('h-2.5 rounded-[2px]', phaseColors[part.name])}
                />
              </td>
              <td className="w-px py-1 pl-4 text-right whitespace-nowrap">{duration(part.micros)}</td>
            </tr>
          ))}
          <tr className="border-t border-line font-medium">
            <th scope="row" className="py-1.5 text-left">
              Total
            </th>
            <td />
            <td className="py-1.5 text-right whitespace-nowrap">{duration(total)}</td>
          </tr>
        </tbody>
      </table>
      {timing && (
        <p className="text-ink-soft">
          {timing.address ? (
            <>
              Sent to <code className="font-mono text-xs">{timing.address}</code>
            </>
          ) : (
            'No connection was opened'
          )}
          {timing.reused &&
            ' over a connection that was open already, so there was no look-up, connect or handshake'}
          .
        </p>
      )}
    </div>
  );
}
