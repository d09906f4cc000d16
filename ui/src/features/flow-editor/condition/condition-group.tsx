import { Plus, X } from 'lucide-react';
import { Button } from '@/components/button';
import { IconButton } from '@/components/icon-button';
import { Select } from '@/components/select';
import { type Group, isGroup, partsOf, regroup, type Tree } from '@/features/flow-editor/model/condition';
import { ConditionRow } from './condition-row';
import { ConditionText } from './condition-text';

type Props = {
  at: string;
  tree: Group;
  label: string;
  onChange: (tree: Group) => void;
  depth?: number;
};

/** Rows of which all or any must hold; rows may be groups again. */
export function ConditionGroup({ at, tree, label, onChange, depth = 0 }: Props) {
  const parts = partsOf(tree);
  const put = (i: number, part: Tree) => onChange(regroup(tree, parts.with(i, part)));
  const remove = (i: number) => onChange(regroup(tree, parts.toSpliced(i, 1)));
  const add = (part: Tree) => onChange(regroup(tree, [...parts, part]));
  const isAll = 'all' in tree;
  return (
    <div role="group" aria-label={label} className="flex flex-col gap-2">
      {(parts.length > 1 || depth > 0) && (
        <div className="flex items-center gap-2 text-ink-soft">
          <Select
            aria-label={`What must hold of ${label}`}
            value={isAll ? 'all' : 'any'}
            onChange={(event) => onChange(event.target.value === 'all' ? { all: parts } : { any: parts })}
          >
            <option value="all">All</option>
            <option value="any">At least one</option>
          </Select>
          of these {isAll ? 'hold' : 'holds'}
        </div>
      )}
      <ul className="flex flex-col gap-2">
        {parts.map((part, i) => (
          <li key={i} className="flex items-start gap-1">
            <div className="min-w-0 flex-1">
              <Part
                at={at}
                part={part}
                label={`${label}, ${i + 1}`}
                depth={depth}
                onChange={(next) => put(i, next)}
              />
            </div>
            {(parts.length > 1 || depth > 0) && (
              <IconButton
                size="sm"
                label={`Remove row ${i + 1} of ${label}`}
                icon={<X aria-hidden="true" />}
                onClick={() => remove(i)}
              />
            )}
          </li>
        ))}
      </ul>
      <div className="-ml-2 flex flex-wrap gap-1">
        <Button
          size="sm"
          look="quiet"
          icon={<Plus aria-hidden="true" />}
          onClick={() => add({ left: '', operator: '==' })}
        >
          Add a condition
        </Button>
        {depth < 3 && (parts.length > 1 || depth > 0) && (
          <Button
            size="sm"
            look="quiet"
            icon={<Plus aria-hidden="true" />}
            onClick={() =>
              add(isAll ? { any: [{ left: '', operator: '==' }] } : { all: [{ left: '', operator: '==' }] })
            }
          >
            Add a group
          </Button>
        )}
      </div>
    </div>
  );
}

type PartProps = {
  at: string;
  part: Tree;
  label: string;
  depth: number;
  onChange: (part: Tree) => void;
};

function Part({ at, part, label, depth, onChange }: PartProps) {
  if (isGroup(part)) {
    return (
      <div className="border-l-2 border-line pl-3">
        <ConditionGroup at={at} tree={part} label={label} onChange={onChange} depth={depth + 1} />
      </div>
    );
  }
  if ('not' in part) {
    const inner: Group = isGroup(part.not) ? part.not : { all: [part.not] };
    return (
      <div className="border-l-2 border-line pl-3">
        <p className="mb-1 text-ink-soft">Not:</p>
        <ConditionGroup
          at={at}
          tree={inner}
          label={`${label}, not`}
          onChange={(next) => onChange({ not: next })}
          depth={depth + 1}
        />
      </div>
    );
  }
  if ('text' in part) {
    return <ConditionText at={at} text={part.text} label={label} onChange={(text) => onChange({ text })} />;
  }
  return <ConditionRow at={at} row={part} label={label} onChange={onChange} />;
}
