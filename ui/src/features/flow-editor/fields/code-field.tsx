import { lazy, Suspense } from 'react';
import { Skeleton } from '@/components/skeleton';
import { useEdit } from '@/features/flow-editor/context';
import type { Json } from '@/features/flow-editor/model/json';
import { Labelled } from './labelled';

const CodeEditor = lazy(() =>
  import('@/components/code-editor').then((module) => ({ default: module.CodeEditor })),
);

type Props = {
  at: string;
  label: string;
  help?: string | undefined;
  value: Json | undefined;
  example: string;
  quiet?: boolean;
};

/** Code at its place in the document: braces in it are its own, and no placeholders. */
export function CodeField({ at, label, help, value, example, quiet = false }: Props) {
  const { set } = useEdit();
  return (
    <Labelled at={at} label={label} help={help} quiet={quiet}>
      {(ids) => (
        <Suspense fallback={<Skeleton rows={3} label="Loading the code" />}>
          <CodeEditor
            value={typeof value === 'string' ? value : ''}
            onChange={(text) => set(at, text)}
            label={label}
            example={example}
            ids={ids}
          />
        </Suspense>
      )}
    </Labelled>
  );
}
