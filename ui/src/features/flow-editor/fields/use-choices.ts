/** What can stand where the cursor is, looked up while it is asked for. */
import { useQuery } from '@tanstack/react-query';
import { use, useMemo } from 'react';
import type { ChoiceGroup } from '@/components/finder';
import { MakeContext, SampleContext, useEdit } from '@/features/flow-editor/context';
import { filterGroups, valueGroups } from '@/features/flow-editor/model/choices';
import { answerNames, namesAt } from '@/features/flow-editor/model/scope';
import { useSecretNames } from '@/lib/server/secrets';
import { filtersQuery, sampleQuery } from '@/lib/server/testing';

export type Asked = {
  at: string;
  /** Whether secrets may stand here. */
  secrets: boolean;
  /** An answer of the step's own, in `save`. */
  answer: unknown;
  /** Paths only: what has a spelling of its own is left out. */
  bare: boolean;
  /** Filters are wanted, not values. */
  filter: boolean;
};

/** Stands in the list for a secret that is to be made. */
export const fresh = '@new-secret';

const making: ChoiceGroup = {
  label: 'Make',
  items: [{ value: fresh, label: 'New secret …', hint: 'a key or a token', words: 'secrets' }],
};

export function useChoices({ at, secrets, answer, bare, filter }: Asked, open: boolean) {
  const { read } = useEdit();
  const { sample, saved } = use(SampleContext);
  const makes = use(MakeContext) !== undefined && secrets;
  const detail = useQuery({ ...sampleQuery(sample), enabled: open && sample.kind !== '' });
  const secretNames = useSecretNames(open && secrets);
  const filters = useQuery({ ...filtersQuery(), enabled: open && filter });
  const groups = useMemo<ChoiceGroup[]>(() => {
    if (!open) return [];
    if (filter) return filterGroups(filters.data ?? []);
    const known = valueGroups({
      answer: answer === undefined ? [] : answerNames(answer),
      earlier: namesAt(read(), at),
      variables: detail.data?.variables ?? [],
      secrets: secretNames,
      saved,
      bare,
    });
    return makes ? [...known, making] : known;
  }, [open, filter, filters.data, answer, read, at, saved, detail.data, secretNames, bare, makes]);
  return {
    groups,
    lack:
      detail.isFetching || filters.isFetching
        ? 'Loading…'
        : detail.isError || filters.isError
          ? 'What can stand here could not be loaded.'
          : filter
            ? 'There is no such filter.'
            : 'No such value. A name of your own may still be typed.',
  };
}
