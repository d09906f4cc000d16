import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Blocks, Download } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Button, buttonClass } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { useMay } from '@/lib/may';
import { recipesQuery } from '@/lib/server/recipes';
import type { RecipeRow } from '@/lib/types';
import { categories } from './categories';
import { type RecipeFilter, toQuery } from './filter';
import { ImportDialog } from './import-dialog';
import { RecipeCard } from './recipe-card';
import { RecipeFilters } from './recipe-filters';

/** The gallery: flows to start from, by what they are for. */
export function RecipesPage() {
  const { why } = useMay('write');
  const filter = useSearch({ from: '/shell/recipes' });
  const navigate = useNavigate({ from: '/recipes' });
  const list = useQuery(recipesQuery(toQuery(filter)));
  const [importing, setImporting] = useState(filter.link !== undefined);
  const change = useCallback(
    (next: RecipeFilter) => void navigate({ search: next, replace: true }),
    [navigate],
  );
  const groups = categories
    .map((category) => ({ ...category, recipes: (list.data ?? []).filter(in_(category.name)) }))
    .filter(({ recipes }) => recipes.length > 0);
  return (
    <Page
      title="Recipes"
      description="Flows to start from. Choose one, fill in what it asks for, and look at the flow before you switch it on."
      actions={
        <Button icon={<Download aria-hidden="true" />} why={why} onClick={() => setImporting(true)}>
          Import
        </Button>
      }
    >
      <RecipeFilters filter={filter} onChange={change} />
      {list.isError && !list.data ? (
        <Failure
          error={list.error}
          what="The recipes could not be loaded"
          retry={() => void list.refetch()}
        />
      ) : !list.data ? (
        <Panel>
          <Skeleton />
        </Panel>
      ) : list.data.length === 0 ? (
        <Panel flush>
          {filter.source === 'own' && !filter.q && !filter.category ? (
            <Empty
              icon={<Blocks />}
              title="No recipes of your own yet"
              action={
                <Link to="/flows" className={buttonClass('primary')}>
                  Go to your flows
                </Link>
              }
            >
              Open a flow that others should have, too, and choose “Save as recipe” in its menu. Its
              connections and secrets become questions.
            </Empty>
          ) : (
            <Empty
              icon={<Blocks />}
              title="No recipe matches these filters"
              action={<Button onClick={() => change({})}>Clear filters</Button>}
            >
              Take a filter away, or start from an empty flow: every recipe began as one.
            </Empty>
          )}
        </Panel>
      ) : (
        groups.map(({ name, label, recipes }) => (
          <section key={name} aria-labelledby={`recipes-${name}`} className="flex flex-col gap-2">
            <h2 id={`recipes-${name}`} className="font-medium">
              {label}
            </h2>
            <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
              {recipes.map((recipe) => (
                <RecipeCard key={recipe.key} recipe={recipe} />
              ))}
            </ul>
          </section>
        ))
      )}
      {importing && (
        <ImportDialog
          link={filter.link}
          onClose={() => {
            setImporting(false);
            const { link: _, ...rest } = filter;
            change(rest);
          }}
        />
      )}
    </Page>
  );
}

const in_ = (category: string) => (recipe: RecipeRow) => recipe.category === category;
