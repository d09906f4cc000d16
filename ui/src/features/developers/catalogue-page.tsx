import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { BookOpenText } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { Input } from '@/components/input';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { kindsQuery } from '@/lib/server/kinds';
import { KindDetail } from './kind-detail';
import { KindList } from './kind-list';
import { matches } from './kinds';

/** Every kind of event: what it means, who waits, and what a flow sees of it. */
export function CataloguePage() {
  const search = useSearch({ from: '/shell/developers/events' });
  const navigate = useNavigate({ from: '/developers/events' });
  const kinds = useQuery(kindsQuery());
  const [query, setQuery] = useState(search.q ?? '');
  useEffect(() => setQuery(search.q ?? ''), [search.q]);
  const found = kinds.data?.filter((kind) => matches(kind, query)) ?? [];
  const shown = found.find(({ kind }) => kind === search.kind) ?? found[0];
  const set = (change: typeof search) => void navigate({ search: { ...search, ...change }, replace: true });
  return (
    <Page
      title="Event catalogue"
      description="The moments of a call, and what flows and webhooks see of each. Every kind has an address of its own."
    >
      <Input
        type="search"
        data-search
        aria-label="Search kinds and payloads"
        placeholder="Search: a kind, a word, a field of the payload"
        className="w-full sm:max-w-md"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          set({ q: event.target.value });
        }}
      />
      {kinds.isError && !kinds.data ? (
        <Failure
          error={kinds.error}
          what="The catalogue could not be loaded"
          retry={() => void kinds.refetch()}
        />
      ) : !kinds.data ? (
        <Panel>
          <Skeleton rows={8} />
        </Panel>
      ) : !shown ? (
        <Panel>
          <Empty
            icon={<BookOpenText />}
            title="No kind of event has this"
            action={<Button onClick={() => set({ q: '' })}>Clear the search</Button>}
          >
            Kinds are searched by their names, their descriptions and the names in their payloads.
          </Empty>
        </Panel>
      ) : (
        <div className="grid items-start gap-4 lg:grid-cols-[17rem_minmax(0,1fr)]">
          <KindList kinds={found} shown={shown.kind} search={search} />
          <KindDetail
            key={shown.kind}
            kind={shown}
            tab={search.tab ?? 'default'}
            provider={search.provider}
            onTab={(tab) => set({ tab })}
            onProvider={(provider) => set({ provider })}
          />
        </div>
      )}
    </Page>
  );
}
