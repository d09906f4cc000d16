import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Panel } from '@/components/panel';
import { useMay } from '@/lib/may';
import type { AgentFlow } from '@/lib/types';
import { AnalyzePast } from './analyze-past';
import { useAgent } from './context';
import { ExtractionFields } from './extraction-fields';
import { KeptFlow } from './kept-flow';
import { SettleField } from './settle-field';

/** Whether variables, questions and dispositions are read out of the transcript here, and by which model. */
export function ExtractionPanel({ flow }: { flow: AgentFlow | undefined }) {
  const { id, settings, set } = useAgent();
  const { why } = useMay('operate');
  const [past, setPast] = useState(false);
  const { extraction } = settings;
  return (
    <Panel>
      <div className="flex flex-col gap-3">
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={Boolean(extraction)}
            onChange={(event) => set({ extraction: event.target.checked ? {} : null })}
            className="size-4 accent-accent"
          />
          Find them out here when a call has ended
        </label>
        {extraction && <ExtractionFields extraction={extraction} />}
        <SettleField />
        {extraction && flow && <KeptFlow flow={flow} what="Analyses" />}
        {extraction && flow && (
          <div>
            <Button size="sm" why={why} icon={<RotateCw aria-hidden="true" />} onClick={() => setPast(true)}>
              Analyse past calls again
            </Button>
          </div>
        )}
        {past && <AnalyzePast agent={id} onClose={() => setPast(false)} />}
      </div>
    </Panel>
  );
}
