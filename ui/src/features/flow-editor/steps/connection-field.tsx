import { useInfiniteQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { use, useState } from 'react';
import { Button } from '@/components/button';
import { MakeContext, useEdit } from '@/features/flow-editor/context';
import { ChoiceField } from '@/features/flow-editor/fields/choice-field';
import type { Json } from '@/features/flow-editor/model/json';
import { connectionsQuery } from '@/lib/server/connections';

type Props = { at: string; value: Json | undefined; kinds: string[]; needed: boolean };

/** The account that a step goes through, of those that its action can use; one that lacks is connected here. */
export function ConnectionField({ at, value, kinds, needed }: Props) {
  const { set } = useEdit();
  const make = use(MakeContext);
  const [making, setMaking] = useState(false);
  const all = useInfiniteQuery(connectionsQuery());
  const fitting = (all.data ?? []).filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
  const none = all.isSuccess && fitting.length === 0;
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-end gap-2">
        <ChoiceField
          at={at}
          label="Account"
          value={value}
          options={[
            ['', !needed ? 'None' : none ? 'None yet' : 'The only one there is'] as const,
            ...fitting.map(({ name }) => [name, name] as const),
          ]}
        />
        {make && (
          <Button
            look={needed && none ? 'primary' : 'plain'}
            icon={<Plus aria-hidden="true" />}
            onClick={() => setMaking(true)}
          >
            Connect an account
          </Button>
        )}
      </div>
      {needed && none && (
        <p className="text-xs text-ink-soft">
          This step needs an account to work through, and there is none of its kind yet.
        </p>
      )}
      {making &&
        make?.(
          { what: 'connection', kinds },
          (name) => set(at, name),
          () => setMaking(false),
        )}
    </div>
  );
}
