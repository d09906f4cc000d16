import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { Input, inputClass } from '@/components/input';
import { Segmented } from '@/components/segmented';
import { syntaxError } from '@/lib/json-place';
import { useImportRecipe } from '@/lib/server/recipes';
import { say } from '@/lib/toasts';

type Props = { link?: string | undefined; onClose: () => void };

const most = 256 * 1024;

/** Takes a recipe in, by a link of this server or from a file of any. Nothing runs of it. */
export function ImportDialog({ link: given, onClose }: Props) {
  const navigate = useNavigate();
  const bring = useImportRecipe();
  const [way, setWay] = useState<'link' | 'file'>(given ? 'link' : 'file');
  const [link, setLink] = useState(given ?? '');
  const [text, setText] = useState<string>();
  const [fault, setFault] = useState<string>();

  const read = async (file: File | undefined) => {
    setText(undefined);
    setFault(undefined);
    if (!file) return;
    if (file.size > most) return setFault('A recipe has at most 256 KiB.');
    const content = await file.text();
    const wrong = syntaxError(content);
    if (wrong) return setFault(`Not JSON: line ${wrong.line}, column ${wrong.column}: ${wrong.message}`);
    setText(content);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = way === 'link' ? { link: link.trim() } : { recipe: JSON.parse(text ?? '{}') };
    bring.mutate(body, {
      onSuccess: (recipe) => {
        say(`“${recipe.name}” imported`, 'Nothing runs of it until you install it.');
        onClose();
        void navigate({ to: '/recipes/$recipe', params: { recipe: recipe.key } });
      },
    });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Import a recipe"
      description="It is kept as a recipe of this workspace. Nothing runs of it: you install it when you have looked at it."
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <div>
          <Segmented
            label="Where it comes from"
            options={[
              ['file', 'A file'],
              ['link', 'A link of this server'],
            ]}
            value={way}
            onChange={setWay}
          />
        </div>
        {bring.isError && <Failure error={bring.error} what="The recipe was not imported" />}
        {way === 'link' ? (
          <Field label="Link" help="Another workspace of this server makes it with “Share”.">
            {(ids) => (
              <Input
                {...ids}
                required
                autoComplete="off"
                spellCheck={false}
                placeholder={`${location.origin}/recipes?link=share_…`}
                value={link}
                onChange={(event) => setLink(event.target.value)}
              />
            )}
          </Field>
        ) : (
          <Field
            label="File"
            help="JSON, as “Export” writes it. For YAML: switchhook recipes import."
            error={fault}
          >
            {(ids) => (
              <input
                {...ids}
                type="file"
                accept=".json,application/json"
                onChange={(event) => void read(event.target.files?.[0])}
                className={`${inputClass} h-auto py-1.5`}
              />
            )}
          </Field>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            busy={bring.isPending}
            disabled={way === 'link' ? link.trim() === '' : text === undefined}
          >
            Import
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
