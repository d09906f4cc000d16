import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { Input, inputClass } from '@/components/input';
import { Select } from '@/components/select';
import { useRecipeOfFlow } from '@/lib/server/recipes';
import { say } from '@/lib/toasts';
import type { Flow } from '@/lib/types';

const categories = [
  ['crm', 'CRM'],
  ['communication', 'Communication'],
  ['calendar', 'Calendar'],
  ['support', 'Support'],
  ['webhooks', 'Webhooks'],
  ['data', 'Data'],
  ['live', 'During the call'],
  ['alerts', 'Alerts'],
  ['other', 'Other'],
] as const;

/** Makes a recipe of a flow, for other flows of its kind and for other workspaces. */
export function SaveAsRecipe({ flow, onClose }: { flow: Flow; onClose: () => void }) {
  const navigate = useNavigate();
  const save = useRecipeOfFlow(flow.id);
  const [name, setName] = useState(flow.name);
  const [description, setDescription] = useState('');
  const [category, setCategory] = useState<string>('other');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = description.trim();
    save.mutate(
      { name: name.trim(), category, ...(said && { description: said }) },
      {
        onSuccess: (recipe) => {
          say(`Recipe “${recipe.name}” saved`);
          void navigate({ to: '/recipes/$recipe', params: { recipe: recipe.key } });
        },
      },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Save as recipe"
      description="Its connections, secrets, agents and campaigns become questions; everything else is kept as it is. Read it before you share it: addresses and texts stay in it."
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {save.isError && <Failure error={save.error} what="The recipe was not saved" />}
        <Field label="Name">
          {(ids) => (
            <Input
              {...ids}
              required
              maxLength={200}
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label="What it does (optional)">
          {(ids) => (
            <textarea
              {...ids}
              maxLength={2000}
              value={description}
              onChange={(event) => setDescription(event.target.value)}
              className={`${inputClass} field-sizing-content h-auto min-h-16 py-1.5`}
            />
          )}
        </Field>
        <Field label="Category">
          {(ids) => (
            <Select {...ids} value={category} onChange={(event) => setCategory(event.target.value)}>
              {categories.map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending} disabled={name.trim() === ''}>
            Save recipe
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
