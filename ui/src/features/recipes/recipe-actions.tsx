import { useNavigate } from '@tanstack/react-router';
import { FileDown, Share2, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Confirm } from '@/components/confirm';
import { Failure } from '@/components/failure';
import { useMay } from '@/lib/may';
import { saveFile } from '@/lib/save-file';
import { useDeleteRecipe } from '@/lib/server/recipes';
import { say } from '@/lib/toasts';
import type { Recipe } from '@/lib/types';
import { ShareDialog } from './share-dialog';

/** Export any, share and delete one's own. */
export function RecipeActions({ recipe }: { recipe: Recipe }) {
  const { why } = useMay('write');
  const navigate = useNavigate();
  const remove = useDeleteRecipe(recipe.key);
  const [asking, setAsking] = useState<'share' | 'delete'>();
  const close = () => setAsking(undefined);
  return (
    <>
      <Button
        icon={<FileDown aria-hidden="true" />}
        onClick={() => saveFile(`${recipe.key}.json`, `${JSON.stringify(recipe.document, null, 2)}\n`)}
      >
        Export
      </Button>
      {recipe.id !== null && (
        <>
          <Button why={why} icon={<Share2 aria-hidden="true" />} onClick={() => setAsking('share')}>
            Share
          </Button>
          <Button
            look="danger"
            why={why}
            icon={<Trash2 aria-hidden="true" />}
            onClick={() => setAsking('delete')}
          >
            Delete
          </Button>
        </>
      )}
      {asking === 'share' && <ShareDialog recipe={recipe} onClose={close} />}
      <Confirm
        open={asking === 'delete'}
        onClose={close}
        title={`Delete “${recipe.name}”?`}
        confirm="Delete the recipe"
        busy={remove.isPending}
        error={remove.isError && <Failure error={remove.error} what="The recipe was not deleted" />}
        onConfirm={() =>
          remove.mutate(undefined, {
            onSuccess: () => {
              say('Recipe deleted');
              void navigate({ to: '/recipes' });
            },
          })
        }
      >
        Flows that were made of it stay as they are. A link to it leads nowhere from then on.
      </Confirm>
    </>
  );
}
