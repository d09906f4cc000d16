import { use } from 'react';
import { Segmented } from '@/components/segmented';
import { ConditionField } from '@/features/flow-editor/condition/condition-field';
import { CatalogueContext, useEdit, useMarks } from '@/features/flow-editor/context';
import { Labelled } from '@/features/flow-editor/fields/labelled';
import { MarkList } from '@/features/flow-editor/fields/mark-list';
import { NumberField } from '@/features/flow-editor/fields/number-field';
import { WordsField } from '@/features/flow-editor/fields/words-field';
import type { JsonObject } from '@/features/flow-editor/model/json';
import { useKnown } from '@/features/flow-editor/trigger/known';

/** Moments before a call has come to anything: how it ended is not known then. */
const early = new Set(['call.dialing', 'call.incoming', 'call.started']);

/** Which calls count: every filter of the language as a question whose answer may stay open. */
export function WhichCalls({ filters, kinds }: { filters: JsonObject; kinds: string[] }) {
  const { set } = useEdit();
  const known = useKnown();
  const marks = useMarks('/where');
  const watching = use(CatalogueContext).kinds?.some(({ kind, watches }) => watches && kinds.includes(kind));
  const isGiven = (name: string) => filters[name] !== undefined && filters[name] !== null;
  const isEarly = kinds.length > 0 && kinds.every((kind) => early.has(kind));
  const asked = (...names: string[]) => !isEarly || names.some(isGiven);
  const words = (name: keyof typeof known | 'numbers' | 'flows', label: string, placeholder: string) => (
    <WordsField
      at={`/where/${name}`}
      label={label}
      value={filters[name]}
      placeholder={placeholder}
      known={name in known ? known[name as keyof typeof known] : []}
      offers={name !== 'statuses'}
    />
  );
  const picked = filters.connected === true ? 'yes' : filters.connected === false ? 'no' : 'any';
  return (
    <div className="flex flex-col gap-4">
      <MarkList {...marks} />
      {watching && words('flows', 'Of which flows', 'Any flow')}
      <div className="grid gap-4 sm:grid-cols-2">
        {words('agents', 'Calls of the agent', 'Any agent')}
        {words('campaigns', 'In the campaign', 'Any campaign, or none')}
        {asked('dispositions') && words('dispositions', 'Ended as', 'Whatever came of it')}
        {asked('connected') && (
          <Labelled at="/where/connected" label="Did the other side pick up?">
            {() => (
              <div>
                <Segmented
                  label="Did the other side pick up?"
                  options={[
                    ['any', 'Does not matter'],
                    ['yes', 'Picked up'],
                    ['no', 'Did not pick up'],
                  ]}
                  value={picked}
                  onChange={(next) => set('/where/connected', next === 'any' ? undefined : next === 'yes')}
                />
              </div>
            )}
          </Labelled>
        )}
        {asked('min_duration_s') && (
          <NumberField
            at="/where/min_duration_s"
            label="Lasted at least"
            value={filters.min_duration_s}
            unit="seconds"
          />
        )}
        {words('numbers', 'With the number', 'Any number; +1415* for all that begin so')}
        {isGiven('max_duration_s') && (
          <NumberField
            at="/where/max_duration_s"
            label="Lasted at most"
            value={filters.max_duration_s}
            unit="seconds"
          />
        )}
        {isGiven('statuses') && words('statuses', 'Has the status', 'completed')}
      </div>
      <ConditionField at="/where/if" label="Only if" value={filters.if} clears />
    </div>
  );
}
