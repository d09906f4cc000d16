import { useState } from 'react';
import { Button } from '@/components/button';
import { CopyButton } from '@/components/copy-button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { Select } from '@/components/select';
import { useShareRecipe, useUnshareRecipe } from '@/lib/server/recipes';
import { say } from '@/lib/toasts';
import type { Recipe } from '@/lib/types';

const spans = [
  [1, '1 day'],
  [7, '7 days'],
  [30, '30 days'],
  [365, 'A year'],
] as const;

/** A link by which another workspace of this server takes a copy. */
export function ShareDialog({ recipe, onClose }: { recipe: Recipe; onClose: () => void }) {
  const [share, unshare] = [useShareRecipe(recipe.key), useUnshareRecipe(recipe.key)];
  const [days, setDays] = useState(30);
  const link = share.data?.link;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Share “${recipe.name}”`}
      description="Whoever has the link and an account of this server takes a copy. It holds no secrets and no connections, only what the recipe says. To another server it goes as a file: export it."
    >
      {share.isError && <Failure error={share.error} what="The link was not made" />}
      {unshare.isError && <Failure error={unshare.error} what="The link was not taken back" />}
      {link ? (
        <>
          <p className="font-medium">Copy it now: it is not shown again.</p>
          <code className="rounded-md bg-inset px-3 py-2 font-mono text-xs break-all">{link}</code>
          <div className="flex justify-between gap-2">
            <CopyButton text={link} label="Copy link" showLabel />
            <Button look="primary" onClick={onClose}>
              Done
            </Button>
          </div>
        </>
      ) : (
        <>
          <Field
            label="It works for"
            help={recipe.shared_until ? 'The link that there is leads nowhere from then on.' : undefined}
          >
            {(ids) => (
              <Select {...ids} value={days} onChange={(event) => setDays(Number(event.target.value))}>
                {spans.map(([value, label]) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <div className="flex flex-wrap justify-end gap-2">
            {recipe.shared_until && (
              <Button
                look="danger"
                busy={unshare.isPending}
                onClick={() =>
                  unshare.mutate(undefined, {
                    onSuccess: () => {
                      say('Link taken back');
                      onClose();
                    },
                  })
                }
              >
                Take the link back
              </Button>
            )}
            <Button look="primary" busy={share.isPending} onClick={() => share.mutate(days)}>
              Make a link
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
