import { ConditionField } from '@/features/flow-editor/condition/condition-field';
import { useEdit } from '@/features/flow-editor/context';
import { ChoiceField } from '@/features/flow-editor/fields/choice-field';
import { JsonField } from '@/features/flow-editor/fields/json-field';
import { Labelled } from '@/features/flow-editor/fields/labelled';
import { NumberField } from '@/features/flow-editor/fields/number-field';
import { PairsField } from '@/features/flow-editor/fields/pairs-field';
import { TemplateField } from '@/features/flow-editor/fields/template-field';
import { TextField } from '@/features/flow-editor/fields/text-field';
import { below } from '@/features/flow-editor/model/json';
import type { Step } from '@/features/flow-editor/model/steps';
import { Fold } from './fold';

const options = ['max', 'batch', 'parallel', 'stop_when', 'collect', 'on_error'];

/** What a loop goes over, and how. */
export function LoopForm({ step, at }: { step: Step; at: string }) {
  const { set } = useEdit();
  const place = (name: string) => below(at, name);
  return (
    <div className="flex flex-col gap-4">
      {Array.isArray(step.for_each) ? (
        <JsonField
          at={place('for_each')}
          label="List"
          value={step.for_each}
          onChange={(next) => set(place('for_each'), next)}
          secrets={false}
        />
      ) : (
        <TemplateField
          at={place('for_each')}
          label="List"
          value={step.for_each}
          placeholder="{{ outcome.items }}"
          as="json"
          required
        />
      )}
      <TextField
        at={place('as')}
        label="Name of the item"
        value={step.as}
        placeholder="item"
        className="max-w-60"
      />
      <Fold at={at} label="How it repeats" names={options} given={step}>
        <div className="grid gap-4 sm:grid-cols-3">
          <NumberField
            at={place('max')}
            label="At most"
            value={step.max}
            standard={1000}
            unit="items"
            min={1}
          />
          <NumberField
            at={place('parallel')}
            label="At the same time"
            value={step.parallel}
            standard={1}
            unit="items"
            min={1}
          />
          <NumberField
            at={place('batch')}
            label="In groups of"
            value={step.batch}
            standard={1}
            unit="items"
            min={1}
          />
        </div>
        <ConditionField at={place('stop_when')} label="Stop early when" value={step.stop_when} clears />
        <ChoiceField
          at={place('on_error')}
          label="If an item fails"
          value={step.on_error}
          options={[
            ['', 'The loop fails'],
            ['continue', 'It is counted, and the next one taken'],
          ]}
        />
        <Labelled at={place('collect')} label="Collect from every item">
          {() => (
            <PairsField
              at={place('collect')}
              label="Collect from every item"
              value={step.collect}
              onChange={(next) => set(place('collect'), next)}
              add="Collect a value"
            />
          )}
        </Labelled>
      </Fold>
    </div>
  );
}
