import { useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { Select } from '@/components/select';
import { count, plural } from '@/lib/format';
import { useAnalyzePast } from '@/lib/server/calls';
import { useNow } from '@/lib/use-now';

const periods = { 7: 'The last 7 days', 30: 'The last 30 days', 90: 'The last 90 days' };

/** Reads an agent's past calls again with the settings of now: first what that takes, then it is done. */
export function AnalyzePast({ agent, onClose }: { agent: string; onClose: () => void }) {
  const [days, setDays] = useState(7);
  const now = useNow(3_600_000);
  const analyze = useAnalyzePast();
  const { found, done } = analyze;
  const from = new Date(now - days * 86_400_000).toISOString();
  const told = found && {
    calls: plural(found.calls, 'call'),
    tokens: found.tokens > 0 ? `, about ${count(found.tokens)} tokens` : ', by rules',
    cost: found.cost === null ? '' : `, about ${found.cost.toFixed(2)} in all`,
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Analyse past calls again"
      description="As the settings that are saved say now. What follows calls is not repeated; flows on “Call analysed again” are told where values changed."
    >
      <Field label="Calls of">
        {(ids) => (
          <Select
            {...ids}
            value={days}
            disabled={analyze.isPending}
            onChange={(event) => {
              setDays(Number(event.target.value));
              analyze.reset();
            }}
          >
            {Object.entries(periods).map(([days, name]) => (
              <option key={days} value={days}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {analyze.error && <Failure error={analyze.error} what="Not all calls were looked at" />}
      {told && done === undefined && (
        <Notice tone="info">
          {told.calls}
          {told.tokens}
          {told.cost}.
          {found.skipped > 0 &&
            ` ${plural(found.skipped, 'other')} cannot be analysed: not ended, or without a transcript.`}
        </Notice>
      )}
      {done !== undefined && (
        <Notice tone="info">
          {count(done)} of {told?.calls}{' '}
          {analyze.isPending ? 'so far…' : 'are being analysed; each has its run.'}
        </Notice>
      )}
      <div className="flex justify-end gap-2">
        {found && found.calls > 0 && done === undefined ? (
          <Button
            look="primary"
            busy={analyze.isPending}
            onClick={() => analyze.run({ agent, from, dry: false })}
          >
            Analyse {told?.calls}
          </Button>
        ) : (
          <Button
            look={done === undefined ? 'primary' : 'plain'}
            busy={analyze.isPending}
            onClick={done === undefined ? () => analyze.run({ agent, from, dry: true }) : onClose}
          >
            {done === undefined ? 'Look what that takes' : 'Close'}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
