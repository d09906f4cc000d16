import { useQuery } from '@tanstack/react-query';
import { plural } from '@/lib/format';
import { contactCountQuery } from '@/lib/server/contacts';

/** How many contacts have these values and may be called: known before a campaign is saved. */
export function AudienceCount({ columns }: { columns: Record<string, unknown> }) {
  const query = useQuery(contactCountQuery(columns));
  const { contacts = 0, complete = true } = query.data ?? {};
  return (
    <span role="status" className="text-xs text-ink-mute">
      {query.isError
        ? 'They could not be counted.'
        : !query.data
          ? 'Counting …'
          : `${complete ? '' : 'More than '}${plural(contacts, 'contact')} now, without those not to be called`}
    </span>
  );
}
