import { memo, use } from 'react';
import { Panel } from '@/components/panel';
import { Segmented } from '@/components/segmented';
import { ConditionField } from '@/features/flow-editor/condition/condition-field';
import { CatalogueContext, useEdit, useMarks } from '@/features/flow-editor/context';
import { Labelled } from '@/features/flow-editor/fields/labelled';
import { MarkList } from '@/features/flow-editor/fields/mark-list';
import { NumberField } from '@/features/flow-editor/fields/number-field';
import { WordsField } from '@/features/flow-editor/fields/words-field';
import { type Json, listOf, objectOf, textOf } from '@/features/flow-editor/model/json';
import { EventKinds } from './event-kinds';
import { FilterAdd } from './filter-add';
import { useKnown } from './known';

type Props = { on: Json | undefined; where: Json | undefined; settles: boolean | undefined };

/** When the flow starts: the kinds of events, and the filters that must all hold. */
export const TriggerCard = memo(function TriggerCard({ on, where, settles }: Props) {
  const { kinds } = use(CatalogueContext);
  const { set } = useEdit();
  const known = useKnown();
  const filters = objectOf(where);
  const marks = useMarks('/where');
  const chosen = listOf(on).map(textOf);
  const has = (name: string) => filters[name] !== undefined && filters[name] !== null;
  const words = (name: string, label: string, placeholder: string, options: string[] = []) =>
    has(name) && (
      <WordsField
        at={`/where/${name}`}
        label={label}
        value={filters[name]}
        placeholder={placeholder}
        known={options}
      />
    );
  return (
    <section aria-labelledby="flow-trigger" className="flex flex-col gap-2">
      <h2 id="flow-trigger" className="font-medium">
        When
      </h2>
      <Panel>
        <div className="flex flex-col gap-4">
          <EventKinds kinds={kinds} chosen={chosen} settles={settles} />
          <MarkList {...marks} />
          {words('campaigns', 'Campaign is', 'Name or id', known.campaigns)}
          {words('agents', 'Agent is', 'Name or id', known.agents)}
          {words('dispositions', 'Disposition is', 'Interested', known.dispositions)}
          {words('statuses', 'Status is', 'completed', known.statuses)}
          {words('numbers', 'Number is', '+1415*')}
          {has('connected') && (
            <Labelled at="/where/connected" label="The other side">
              {() => (
                <div>
                  <Segmented
                    label="Whether the other side picked up"
                    options={[
                      ['true', 'picked up'],
                      ['false', 'did not pick up'],
                    ]}
                    value={filters.connected === false ? 'false' : 'true'}
                    onChange={(value) => set('/where/connected', value === 'true')}
                  />
                </div>
              )}
            </Labelled>
          )}
          {(has('min_duration_s') || has('max_duration_s')) && (
            <div className="flex flex-wrap gap-4">
              <NumberField
                at="/where/min_duration_s"
                label="Call lasted at least"
                value={filters.min_duration_s}
                unit="seconds"
              />
              <NumberField
                at="/where/max_duration_s"
                label="at most"
                value={filters.max_duration_s}
                unit="seconds"
              />
            </div>
          )}
          {has('if') && <ConditionField at="/where/if" label="Only if" value={filters.if} optional />}
          <FilterAdd filters={filters} />
        </div>
      </Panel>
    </section>
  );
});
