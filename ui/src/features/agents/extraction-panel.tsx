import { useInfiniteQuery } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { Panel } from '@/components/panel';
import { Select } from '@/components/select';
import { useMay } from '@/lib/may';
import { connectionsQuery } from '@/lib/server/connections';
import type { AgentFlow } from '@/lib/types';
import { AnalyzePast } from './analyze-past';
import { useAgent, useProblem } from './context';
import { KeptFlow } from './kept-flow';

const models = ['openai', 'anthropic', 'gemini'];

/** Whether variables, questions and dispositions are read out of the transcript here, and by which model. */
export function ExtractionPanel({ flow }: { flow: AgentFlow | undefined }) {
  const { id, settings, set } = useAgent();
  const { why } = useMay('write');
  const [past, setPast] = useState(false);
  const problem = useProblem();
  const connections = useInfiniteQuery(connectionsQuery());
  const { extraction } = settings;
  const fitting = connections.data?.filter(({ kind }) => models.includes(kind)) ?? [];
  const named = extraction?.connection;
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
          Read them out of the transcript here, unless the platform has analysed the call
        </label>
        {extraction && (
          <div className="grid items-start gap-3 sm:grid-cols-2">
            <Field
              label="By"
              help={named ? undefined : 'Rules find what is plain, in English.'}
              error={problem('/extraction/connection')}
            >
              {(ids) => (
                <Select
                  {...ids}
                  value={named ?? ''}
                  onChange={(event) =>
                    set({
                      extraction: event.target.value
                        ? { ...extraction, connection: event.target.value }
                        : { zone: extraction.zone },
                    })
                  }
                >
                  <option value="">Rules, without a model</option>
                  {fitting.map(({ id, name }) => (
                    <option key={id} value={name}>
                      {name}
                    </option>
                  ))}
                  {named && !fitting.some(({ name }) => name === named) && (
                    <option value={named}>{named}</option>
                  )}
                </Select>
              )}
            </Field>
            <Field
              label="Time zone"
              help="In which days and times are meant; UTC if left empty."
              error={problem('/extraction/zone')}
            >
              {(ids) => (
                <Input
                  {...ids}
                  maxLength={60}
                  autoComplete="off"
                  placeholder="Europe/Berlin"
                  value={extraction.zone ?? ''}
                  onChange={(event) =>
                    set({ extraction: { ...extraction, zone: event.target.value || null } })
                  }
                />
              )}
            </Field>
          </div>
        )}
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
