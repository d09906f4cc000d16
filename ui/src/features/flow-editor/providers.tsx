import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { Failure } from '@/components/failure';
import type { FieldProblem } from '@/lib/problem';
import { actionsQuery } from '@/lib/server/catalogue';
import { kindsQuery } from '@/lib/server/kinds';
import {
  CatalogueContext,
  DocContext,
  type Edit,
  EditContext,
  FoundContext,
  type Marks,
  MarksContext,
  SampleContext,
  type SampleState,
  ToggledContext,
} from './context';
import type { Doc } from './model/json';
import { useSource } from './source';

type Props = {
  doc: Doc;
  edit: Edit;
  marks: Marks;
  found: FieldProblem[];
  toggled: ReadonlySet<string>;
  sample: SampleState;
  children: ReactNode;
};

/** Everything that the parts of the editor reach, from the top. */
export function EditorProviders({ doc, edit, marks, found, toggled, sample, children }: Props) {
  const [actionList, kindList] = [useQuery(actionsQuery()), useQuery(kindsQuery())];
  const [actions, kinds] = [actionList.data, kindList.data];
  const failed = [actionList, kindList].find((query) => query.isError);
  const catalogue = useMemo(() => ({ actions, kinds }), [actions, kinds]);
  return (
    <EditContext value={edit}>
      <CatalogueContext value={catalogue}>
        <MarksContext value={useSource(marks)}>
          <FoundContext value={found}>
            <ToggledContext value={toggled}>
              <SampleContext value={sample}>
                <DocContext value={doc}>
                  {failed && (
                    <Failure
                      error={failed.error}
                      what="What flows can be made of could not be loaded"
                      retry={() => void failed.refetch()}
                    />
                  )}
                  {children}
                </DocContext>
              </SampleContext>
            </ToggledContext>
          </FoundContext>
        </MarksContext>
      </CatalogueContext>
    </EditContext>
  );
}
