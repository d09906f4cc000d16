import { useQuery } from '@tanstack/react-query';
import { Braces } from 'lucide-react';
import { type RefObject, use, useMemo, useState } from 'react';
import { buttonClass } from '@/components/button';
import type { ChoiceGroup } from '@/components/finder';
import { Picker } from '@/components/picker';
import { MakeContext, SampleContext, useEdit } from '@/features/flow-editor/context';
import { answerNames, type Name, namesAt } from '@/features/flow-editor/model/scope';
import { plural } from '@/lib/format';
import { useSecretNames } from '@/lib/server/secrets';
import { filtersQuery, sampleQuery } from '@/lib/server/testing';
import type { Filter, Variable } from '@/lib/types';

type Props = {
  at: string;
  onPick: (path: string, filter?: Filter) => void;
  /** What was typed already: it is looked for. */
  word: string;
  /** Filters are wanted, not values. */
  filter: boolean;
  /** Whether secrets may stand here. */
  secrets?: boolean;
  /** An answer of the step's own, in `save`. */
  answer?: unknown;
  /** Paths only: what has a spelling of its own is left out. */
  bare: boolean;
  open: boolean;
  onOpen: (open: boolean) => void;
  field: RefObject<HTMLElement | null>;
};

/** Stands in the list for a secret that is to be made. */
const fresh = '@new-secret';

const short = (value: unknown): string => {
  if (value === undefined || value === null) return '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

/** Every value that can stand here, with what it is in the sample; choosing one puts it at the cursor. */
export function ValuePicker({
  at,
  onPick,
  secrets = false,
  answer,
  bare,
  word,
  filter,
  open,
  onOpen,
  field,
}: Props) {
  const { read } = useEdit();
  const { sample, saved } = use(SampleContext);
  const make = use(MakeContext);
  const [making, setMaking] = useState(false);
  const makes = secrets && make !== undefined;
  const detail = useQuery({ ...sampleQuery(sample), enabled: open && sample.kind !== '' });
  const secretNames = useSecretNames(open && secrets);
  const filters = useQuery({ ...filtersQuery(), enabled: open && filter });
  const groups = useMemo<ChoiceGroup[]>(() => {
    if (!open) return [];
    if (filter) return [{ label: 'Filters', items: (filters.data ?? []).map(filterRow) }];
    const own = answer === undefined ? [] : answerNames(answer);
    return [
      { label: 'The answer to this step', items: own.map((name) => row(name, {})) },
      { label: 'Earlier steps', items: namesAt(read(), at).map((name) => row(name, saved)) },
      ...byGroup(detail.data?.variables ?? [], bare),
      {
        label: 'Secrets',
        items: [
          ...secretNames.map((name) => ({
            value: `secrets.${name}`,
            label: `secrets.${name}`,
            hint: '•••',
          })),
          ...(makes
            ? [{ value: fresh, label: 'New secret …', hint: 'a key or a token', words: 'secrets' }]
            : []),
        ],
      },
    ].filter((group) => group.items.length > 0);
  }, [open, filter, filters.data, answer, read, at, saved, detail.data, secretNames, bare, makes]);
  return (
    <>
      <Picker
        mono
        label={filter ? 'Filters' : 'Values'}
        groups={groups}
        query={word}
        onPick={(value) => {
          if (value === fresh) setMaking(true);
          else onPick(value, filter ? filters.data?.find(({ name }) => name === value) : undefined);
        }}
        open={open}
        onOpen={onOpen}
        focusAfter={field}
        empty={
          detail.isFetching || filters.isFetching
            ? 'Loading…'
            : detail.isError || filters.isError
              ? 'What can stand here could not be loaded.'
              : filter
                ? 'There is no such filter.'
                : 'No such value. A name of your own may still be typed.'
        }
        trigger={
          <button
            type="button"
            aria-label="Insert a value"
            title="Insert a value (Ctrl+Space)"
            className={`${buttonClass('quiet', 'sm', true)} [&_svg]:size-3.5`}
          >
            <Braces aria-hidden="true" />
          </button>
        }
      />
      {making &&
        make?.(
          { what: 'secret' },
          (name) => onPick(`secrets.${name}`),
          () => setMaking(false),
        )}
    </>
  );
}

function row({ path, from, hint }: Name, saved: Record<string, unknown>) {
  const known = path in saved ? short(saved[path]) : hint;
  return { value: path, label: path, hint: known || (from && `of ${from}`), words: from };
}

function filterRow({ name, required, optional }: Filter) {
  const needs = required > 0 ? plural(required, 'argument') : optional > 0 ? 'may have arguments' : '';
  return { value: name, label: name, hint: needs };
}

/** Names of their own first; what is also reached through a whole object, and the payload, behind them. */
const last = ['Whole objects', 'Payload'];

function byGroup(variables: Variable[], bare: boolean): ChoiceGroup[] {
  const groups = new Map<string, ChoiceGroup>();
  for (const each of variables) {
    if (each.group === 'payload' && bare) continue;
    const label =
      /^(call|raw|payload|payload_flat)\b/.test(each.path) && each.group !== 'payload'
        ? 'Whole objects'
        : title(each.group);
    const group = groups.get(label) ?? { label, items: [] };
    groups.set(label, group);
    group.items.push({
      value: each.group === 'payload' ? each.insert : each.path,
      label: each.group === 'payload' ? each.insert : each.path,
      hint: short(each.value),
      words: each.description ?? '',
    });
  }
  return [...groups.values()].sort((a, b) => last.indexOf(a.label) - last.indexOf(b.label));
}

const title = (group: string) => group.charAt(0).toUpperCase() + group.slice(1);
