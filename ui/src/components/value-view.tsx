import { useState } from 'react';
import { CodeBlock } from './code-block';
import { Segmented } from './segmented';
import { ValueSchema } from './value-schema';
import { ValueTable } from './value-table';

type View = 'schema' | 'table' | 'json';

/** A JSON value three ways: what it is made of, as rows, and as it is. */
export function ValueView({ value, label }: { value: unknown; label: string }) {
  const [view, setView] = useState<View>('schema');
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div>
        <Segmented
          label={`How ${label} is shown`}
          options={[
            ['schema', 'Schema'],
            ['table', 'Table'],
            ['json', 'JSON'],
          ]}
          value={view}
          onChange={setView}
        />
      </div>
      {view === 'json' ? (
        <CodeBlock json text={JSON.stringify(value ?? null, null, 2)} label={label} />
      ) : view === 'table' ? (
        <ValueTable value={value} label={label} />
      ) : (
        <ValueSchema value={value} label={label} />
      )}
    </div>
  );
}
