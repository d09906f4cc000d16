import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { Select } from '@/components/select';
import type { AgentExtraction } from '@/lib/types';
import { ConnectionSelect } from './connection-select';
import { useAgent, useProblem } from './context';

const models = ['openai', 'anthropic', 'gemini'];

/** What is read out of the transcript, and by whom. */
export function ExtractionFields({ extraction }: { extraction: AgentExtraction }) {
  const { set } = useAgent();
  const problem = useProblem();
  const { connection, when = 'missing' } = extraction;
  const put = (change: Partial<AgentExtraction>) => set({ extraction: { ...extraction, ...change } });
  const reads = when !== 'never';
  return (
    <div className="grid items-start gap-3 sm:grid-cols-2">
      <Field label="Read out of the transcript" error={problem('/extraction/when')}>
        {(ids) => (
          <Select
            {...ids}
            value={when}
            onChange={(event) => put({ when: event.target.value as AgentExtraction['when'] })}
          >
            <option value="missing">What the platform has not found</option>
            <option value="always">Everything, whatever the platform says</option>
            <option value="never">Nothing: bring the platform’s values to these types</option>
          </Select>
        )}
      </Field>
      {reads && (
        <Field
          label="By"
          help={connection ? undefined : 'Rules find what is plain, in English.'}
          error={problem('/extraction/connection')}
        >
          {(ids) => (
            <ConnectionSelect
              ids={ids}
              label="By"
              kinds={models}
              none="Rules, without a model"
              value={connection}
              onChange={(name) =>
                put(
                  name ? { connection: name } : { connection: null, model: null, fallback_connection: null },
                )
              }
            />
          )}
        </Field>
      )}
      {reads && connection && (
        <Field label="Model" help="The connection’s if left empty." error={problem('/extraction/model')}>
          {(ids) => (
            <Input
              {...ids}
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
              value={extraction.model ?? ''}
              onChange={(event) => put({ model: event.target.value || null })}
            />
          )}
        </Field>
      )}
      {reads && connection && (
        <Field label="If it fails, ask" error={problem('/extraction/fallback_connection')}>
          {(ids) => (
            <ConnectionSelect
              ids={ids}
              label="If it fails, ask"
              kinds={models}
              without={connection}
              none="Nobody else"
              value={extraction.fallback_connection}
              onChange={(name) => put({ fallback_connection: name })}
            />
          )}
        </Field>
      )}
      <Field
        label="Time zone"
        help="In which days and times are meant, or a template such as {{ contact.time_zone }}; UTC if left empty."
        error={problem('/extraction/zone')}
      >
        {(ids) => (
          <Input
            {...ids}
            maxLength={200}
            autoComplete="off"
            placeholder="Europe/Berlin"
            value={extraction.zone ?? ''}
            onChange={(event) => put({ zone: event.target.value || null })}
          />
        )}
      </Field>
      <Field
        label="Time for one attempt, in seconds"
        help="10 to 300; 120 if left empty."
        error={problem('/extraction/timeout_s')}
      >
        {(ids) => (
          <Input
            {...ids}
            type="number"
            min={10}
            max={300}
            placeholder="120"
            value={extraction.timeout_s ?? ''}
            onChange={(event) => put({ timeout_s: event.target.value ? Number(event.target.value) : null })}
          />
        )}
      </Field>
    </div>
  );
}
