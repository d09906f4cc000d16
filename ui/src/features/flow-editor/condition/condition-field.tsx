import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useRef, useState } from 'react';
import { IconButton } from '@/components/icon-button';
import { Segmented } from '@/components/segmented';
import { useEdit } from '@/features/flow-editor/context';
import { Labelled } from '@/features/flow-editor/fields/labelled';
import { Preview } from '@/features/flow-editor/fields/preview';
import { TemplateInput } from '@/features/flow-editor/fields/template-input';
import { asGroup, fromServer, type Group, write } from '@/features/flow-editor/model/condition';
import { type Json, textOf } from '@/features/flow-editor/model/json';
import { conditionQuery } from '@/lib/server/testing';
import { ConditionGroup } from './condition-group';

type Props = {
  at: string;
  label: string;
  value: Json | undefined;
  /** It can be taken away, and goes with that. */
  optional?: boolean;
  /** Its field is always there; empty means none. */
  clears?: boolean;
};

const blank: Group = { all: [{ left: '', operator: '==' }] };

/** A condition: as rows of field, operator and value, or as text; both are the same text in the document. */
export function ConditionField({ at, label, value, optional = false, clears = false }: Props) {
  const { set } = useEdit();
  const text = textOf(value);
  const [asText, setAsText] = useState(false);
  // What the rows have written: the document's text is read again only when it came from elsewhere.
  const [held, setHeld] = useState<{ text: string; tree: Group }>(() => ({ text: '', tree: blank }));
  const known = held.text === text;
  const parsed = useQuery({ ...conditionQuery(text), enabled: !known && !asText && text.trim() !== '' });
  const read = useRef<unknown>(undefined);
  if (!known && text.trim() === '') setHeld({ text, tree: blank });
  if (!known && parsed.data && read.current !== parsed.data) {
    read.current = parsed.data;
    setHeld({ text, tree: asGroup(fromServer(parsed.data.tree)) });
  }
  const put = (next: string) => set(at, next === '' && clears ? undefined : next);
  const change = (tree: Group) => {
    const next = write(tree);
    setHeld({ text: next, tree });
    put(next);
  };
  const rows = !asText && !parsed.isError;
  return (
    <Labelled
      at={at}
      label={label}
      beside={
        <span className="flex items-center gap-1">
          <Segmented
            label={`How “${label}” is edited`}
            options={[
              ['rows', 'Fields'],
              ['text', 'Text'],
            ]}
            value={rows ? 'rows' : 'text'}
            onChange={(view) => setAsText(view === 'text')}
          />
          {optional && value !== undefined && (
            <IconButton
              size="sm"
              label={`Remove “${label}”`}
              icon={<X aria-hidden="true" />}
              onClick={() => set(at, undefined)}
            />
          )}
        </span>
      }
    >
      {(ids) =>
        rows ? (
          <div>
            <ConditionGroup at={at} tree={held.tree} onChange={change} label={label} />
            {text.trim() !== '' && <Preview text={text} as="condition" at={at} />}
          </div>
        ) : (
          <TemplateInput
            {...ids}
            at={at}
            value={text}
            onChange={put}
            as="condition"
            bare
            placeholder="outcome.interested == true and duration > 60"
          />
        )
      }
    </Labelled>
  );
}
