import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Badge } from '@/components/badge';
import { Failure } from '@/components/failure';
import { Notice } from '@/components/notice';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { ProblemList } from '@/components/problem-list';
import { Skeleton } from '@/components/skeleton';
import { moment } from '@/lib/format';
import { recipeQuery } from '@/lib/server/recipes';
import type { FlowDocument } from '@/lib/types';
import { labelOf } from './categories';
import { RecipeActions } from './recipe-actions';
import { type Make, RecipeForm } from './recipe-form';

type Props = { outline: (document: FlowDocument) => ReactNode; make: Make };

/** One recipe: what it does, what it asks for, and the flow that comes of it. */
export function RecipePage({ outline, make }: Props) {
  const { recipe: key } = useParams({ from: '/shell/recipes/$recipe' });
  const recipe = useQuery(recipeQuery(key));
  const parent = (
    <Link to="/recipes" className="rounded hover:text-ink hover:underline">
      Recipes
    </Link>
  );
  if (!recipe.data) {
    return (
      <Page title="Recipe" parent={parent}>
        {recipe.isError ? (
          <Failure
            error={recipe.error}
            what="The recipe could not be loaded"
            retry={() => void recipe.refetch()}
          />
        ) : (
          <Panel>
            <Skeleton rows={8} label="Loading the recipe" />
          </Panel>
        )}
      </Page>
    );
  }
  const { name, description, category, source, problems, shared_until, version } = recipe.data;
  return (
    <Page
      title={name}
      parent={parent}
      description={description}
      beside={
        <>
          <Badge>{labelOf(category)}</Badge>
          {source === 'own' && <Badge tone="live">Yours</Badge>}
          {source === 'imported' && <Badge tone="wait">Imported</Badge>}
          {shared_until && <Badge>Shared until {moment(shared_until)}</Badge>}
        </>
      }
      actions={<RecipeActions recipe={recipe.data} />}
    >
      {source === 'imported' && (
        <Notice tone="wait" title="It comes from elsewhere">
          Read what it does, and where it sends to. Nothing runs of it until you have made a flow of it and
          turned that on.
        </Notice>
      )}
      {problems.length > 0 ? (
        <Notice tone="bad" title="This recipe does not fit this server any more">
          <ProblemList problems={problems} />
        </Notice>
      ) : (
        <RecipeForm key={`${key} ${version}`} recipe={recipe.data} outline={outline} make={make} />
      )}
    </Page>
  );
}
