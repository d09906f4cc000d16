import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChoiceField } from '@/features/flow-editor/fields/choice-field';
import type { Json } from '@/features/flow-editor/model/json';
import { connectionsQuery } from '@/lib/server/connections';

type Props = { at: string; value: Json | undefined; kinds: string[]; needed: boolean };

/** The account that a step goes through, of those that its action can use. */
export function ConnectionField({ at, value, kinds, needed }: Props) {
  const all = useInfiniteQuery(connectionsQuery());
  const fitting = (all.data ?? []).filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
  return (
    <div className="flex flex-col gap-1">
      <ChoiceField
        at={at}
        label="Account"
        value={value}
        options={[
          ['', needed ? 'The only one there is' : 'None'] as const,
          ...fitting.map(({ name }) => [name, name] as const),
        ]}
      />
      {needed && all.isSuccess && fitting.length === 0 && (
        <p className="text-xs text-ink-soft">
          There is none yet.{' '}
          <Link to="/connections" className="text-accent underline underline-offset-2">
            Connect an account
          </Link>
        </p>
      )}
    </div>
  );
}
