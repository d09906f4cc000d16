import { useInfiniteQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { use, useState } from 'react';
import { Button } from '@/components/button';
import { SearchChoice } from '@/components/search-choice';
import { MakeContext, useEdit } from '@/features/flow-editor/context';
import { ChoiceField } from '@/features/flow-editor/fields/choice-field';
import { Labelled } from '@/features/flow-editor/fields/labelled';
import { type Json, textOf } from '@/features/flow-editor/model/json';
import { connectionsQuery } from '@/lib/server/connections';

type Props = { at: string; value: Json | undefined; kinds: string[]; needed: boolean };

/** The account that a step goes through, of those that its action can use; one that lacks is connected here. */
export function ConnectionField({ at, value, kinds, needed }: Props) {
  const { set } = useEdit();
  const make = use(MakeContext);
  const [making, setMaking] = useState(false);
  const all = useInfiniteQuery(connectionsQuery());
  const fits = ({ kind }: { kind: string }) => kinds.length === 0 || kinds.includes(kind);
  const fitting = (all.data ?? []).filter(fits);
  const none = all.isSuccess && !all.hasNextPage && fitting.length === 0;
  const nothing = !needed ? 'None' : none ? 'None yet' : 'The only one there is';
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-end gap-2">
        {all.hasNextPage ? (
          <Labelled at={at} label="Account">
            {({ id }) => (
              <SearchChoice
                id={id}
                label="Account"
                any={nothing}
                value={textOf(value)}
                chosen={textOf(value)}
                query={connectionsQuery}
                options={(found) => found.filter(fits).map(({ name }) => [name, name])}
                onChange={(name) => set(at, name === '' ? undefined : name)}
              />
            )}
          </Labelled>
        ) : (
          <ChoiceField
            at={at}
            label="Account"
            value={value}
            options={[['', nothing] as const, ...fitting.map(({ name }) => [name, name] as const)]}
          />
        )}
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
