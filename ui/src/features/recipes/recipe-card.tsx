import { Link } from '@tanstack/react-router';
import { Badge } from '@/components/badge';
import { KindBadges } from '@/components/kind-badges';
import type { RecipeRow } from '@/lib/types';
import { iconOf } from './categories';

const sources = { built_in: undefined, own: 'Yours', imported: 'Imported' } as const;

/** One recipe of the gallery; the whole card leads to it. */
export function RecipeCard({ recipe }: { recipe: RecipeRow }) {
  const Icon = iconOf(recipe);
  const source = sources[recipe.source];
  return (
    <li className="relative flex gap-3 rounded-lg border border-line bg-surface p-4 hover:border-line-strong hover:bg-raised has-[a:focus-visible]:outline-2 has-[a:focus-visible]:outline-accent">
      <span
        aria-hidden="true"
        className="grid size-9 shrink-0 place-items-center rounded-lg bg-accent-soft text-accent [&_svg]:size-4.5"
      >
        <Icon strokeWidth={1.75} />
      </span>
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <h3 className="font-medium">
            <Link
              to="/recipes/$recipe"
              params={{ recipe: recipe.key }}
              className="outline-none after:absolute after:inset-0 after:rounded-lg"
            >
              {recipe.name}
            </Link>
          </h3>
          {source && <Badge tone={recipe.source === 'imported' ? 'wait' : 'live'}>{source}</Badge>}
          {recipe.shared_until && <Badge>Shared</Badge>}
        </div>
        <p className="mt-0.5 line-clamp-3 text-ink-soft">{recipe.description}</p>
        {recipe.on.length > 0 && (
          <p className="mt-2 flex flex-wrap gap-1">
            <KindBadges kinds={recipe.on} />
          </p>
        )}
      </div>
    </li>
  );
}
