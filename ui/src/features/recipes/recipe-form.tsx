import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '@/components/button';
import { Failure } from '@/components/failure';
import { Panel } from '@/components/panel';
import { useMay } from '@/lib/may';
import { problemsOf } from '@/lib/problem';
import { recipePreviewQuery, useInstallRecipe } from '@/lib/server/recipes';
import { say } from '@/lib/toasts';
import type { RecipeInput as Asked, FlowDocument, Recipe } from '@/lib/types';
import { useSettled } from '@/lib/use-settled';
import { begin, toSend } from './inputs';
import { RecipeInput } from './recipe-input';
import { RecipePreview } from './recipe-preview';

export type Make = (asked: Asked, done: (name: string) => void, close: () => void) => ReactNode;

type Props = {
  recipe: Recipe;
  outline: (document: FlowDocument) => ReactNode;
  /** The dialog that makes what an input asks for. */
  make: Make;
};

const pause = 300;

/** What the recipe asks for, and beside it the flow that comes of it. */
export function RecipeForm({ recipe, outline, make }: Props) {
  const { why } = useMay('write');
  const navigate = useNavigate();
  const install = useInstallRecipe(recipe.key);
  const [typed, setTyped] = useState(() => begin(recipe.inputs));
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState(false);
  const [making, setMaking] = useState<Asked>();
  const inputs = toSend(recipe.inputs, typed);
  const settled = useSettled(JSON.stringify(inputs), pause);
  const preview = useQuery(recipePreviewQuery(recipe.key, JSON.parse(settled)));
  // What is known to be wrong is not sent.
  const known = settled === JSON.stringify(inputs) && !preview.isPlaceholderData;
  const wrong = (preview.data?.problems ?? []).filter(({ path }) => path.startsWith('/inputs/'));

  const set = (name: string, value: string | boolean) => {
    setTyped((all) => ({ ...all, [name]: value }));
    setTouched((all) => new Set(all).add(name));
  };
  const refused = problemsOf(install.error);
  const errorOf = (name: string) => {
    if (!asked && !touched.has(name)) return undefined;
    return wrong.find(({ path }) => path === `/inputs/${name}`)?.message;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (known && wrong.length > 0) return;
    install.mutate(inputs, {
      onSuccess: (flow) => {
        say(`“${flow.name}” made`, 'It is off. Look it over, try it out, and turn it on.');
        void navigate({
          to: '/flows/$flowId',
          params: { flowId: flow.id },
          search: { view: 'wizard', part: 'review' },
        });
      },
    });
  };
  const ofInputs = refused.length > 0 && refused.every(({ path }) => path.startsWith('/inputs/'));
  const isIncomplete = ofInputs || (asked && wrong.length > 0);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Panel title="What it needs">
        <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
          {recipe.inputs.length === 0 && <p className="text-ink-soft">Nothing: install it as it is.</p>}
          {recipe.inputs.map((input) => (
            <RecipeInput
              key={input.name}
              input={input}
              value={typed[input.name] ?? ''}
              error={errorOf(input.name)}
              onChange={(value) => set(input.name, value)}
              onMake={() => setMaking(input)}
            />
          ))}
          {install.isError && !ofInputs && <Failure error={install.error} what="The flow was not made" />}
          {isIncomplete && (
            <p role="alert" className="text-bad">
              Something is missing or wrong above.
            </p>
          )}
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" look="primary" why={why} busy={install.isPending}>
              Make the flow
            </Button>
            <span className="text-ink-mute">It is off until you turn it on.</span>
          </div>
        </form>
      </Panel>
      <RecipePreview shown={preview.data} sample={recipe.sample} outline={outline} />
      {making &&
        make(
          making,
          (name) => set(making.name, name),
          () => setMaking(undefined),
        )}
    </div>
  );
}
