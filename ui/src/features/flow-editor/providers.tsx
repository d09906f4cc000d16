import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { actionsQuery, kindsQuery } from '@/lib/server/catalogue';
import {
  CatalogueContext,
  type Edit,
  EditContext,
  type Marks,
  MarksContext,
  SampleContext,
  type SampleState,
  ToggledContext,
} from './context';

type Props = {
  edit: Edit;
  marks: Marks;
  toggled: ReadonlySet<string>;
  sample: SampleState;
  children: ReactNode;
};

/** Everything that the parts of the editor reach, from the top. */
export function EditorProviders({ edit, marks, toggled, sample, children }: Props) {
  const actions = useQuery(actionsQuery()).data;
  const kinds = useQuery(kindsQuery()).data;
  const catalogue = useMemo(() => ({ actions, kinds }), [actions, kinds]);
  return (
    <EditContext value={edit}>
      <CatalogueContext value={catalogue}>
        <MarksContext value={marks}>
          <ToggledContext value={toggled}>
            <SampleContext value={sample}>{children}</SampleContext>
          </ToggledContext>
        </MarksContext>
      </CatalogueContext>
    </EditContext>
  );
}
