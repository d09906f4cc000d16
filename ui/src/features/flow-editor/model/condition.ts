/** A condition as the builder holds it, and as text. Reading a text is the server's business; writing one is plain. */
import type { Condition } from '@/lib/types';
import { shown } from './literal';

export type Comparison = { left: string; operator: string; right?: string };
export type Group = { all: Tree[] } | { any: Tree[] };
export type Tree = Group | Comparison | { not: Tree } | { text: string };

export type Operator = { value: string; label: string; unary?: true };

export const operators: Operator[] = [
  { value: '==', label: 'is' },
  { value: '!=', label: 'is not' },
  { value: '>', label: 'is more than' },
  { value: '>=', label: 'is at least' },
  { value: '<', label: 'is less than' },
  { value: '<=', label: 'is at most' },
  { value: 'contains', label: 'contains' },
  { value: 'not contains', label: 'does not contain' },
  { value: 'in', label: 'is one of' },
  { value: 'not in', label: 'is none of' },
  { value: 'starts_with', label: 'starts with' },
  { value: 'ends_with', label: 'ends with' },
  { value: 'matches', label: 'matches the pattern' },
  { value: 'exists', label: 'is there', unary: true },
  { value: 'is_empty', label: 'is empty', unary: true },
];

export const isUnary = (operator: string) => operators.some((each) => each.value === operator && each.unary);

export const isGroup = (tree: Tree): tree is Group => 'all' in tree || 'any' in tree;
export const partsOf = (group: Group): Tree[] => ('all' in group ? group.all : group.any);
export const regroup = (group: Group, parts: Tree[]): Group =>
  'all' in group ? { all: parts } : { any: parts };

/** Whether there is nothing in it to hold or not. */
const isBlank = (tree: Tree): boolean =>
  isGroup(tree)
    ? partsOf(tree).every(isBlank)
    : 'not' in tree
      ? isBlank(tree.not)
      : 'text' in tree
        ? tree.text.trim() === ''
        : tree.left.trim() === '';

function part(tree: Tree): string {
  const text = write(tree);
  const bare =
    'left' in tree || (isGroup(tree) && partsOf(tree).filter((each) => !isBlank(each)).length === 1);
  return bare ? text : `(${text})`;
}

/** The condition as text; rows that nobody has filled in yet are left out. */
export function write(tree: Tree): string {
  if (isGroup(tree)) {
    const parts = partsOf(tree).filter((each) => !isBlank(each));
    const [only] = parts;
    if (parts.length === 1 && only) return write(only);
    return parts.map(part).join('all' in tree ? ' and ' : ' or ');
  }
  if ('not' in tree) return isBlank(tree) ? '' : `not (${write(tree.not)})`;
  if ('text' in tree) return tree.text;
  if (tree.left.trim() === '') return '';
  const left = tree.left.trim();
  if (tree.operator === '') return left;
  return isUnary(tree.operator)
    ? `${left} ${tree.operator}`
    : `${left} ${tree.operator} ${tree.right || "''"}`;
}

const negated: Record<string, string> = { in: 'not in', contains: 'not contains' };

/** A tree as the server gives it: members that it does not use are absent or null. */
export function fromServer(tree: Condition): Tree {
  if (tree.all) return { all: tree.all.map(fromServer) };
  if (tree.any) return { any: tree.any.map(fromServer) };
  if (tree.not) {
    const inner = fromServer(tree.not);
    const operator = 'operator' in inner ? negated[inner.operator] : undefined;
    return operator && 'left' in inner ? { ...inner, operator } : { not: inner };
  }
  if (tree.left && tree.operator) {
    return { left: tree.left, operator: tree.operator, ...(tree.right && { right: tree.right }) };
  }
  return { text: tree.text ?? tree.left ?? '' };
}

/** A tree whose outermost part is a group, as the builder shows it. */
export const asGroup = (tree: Tree): Group => (isGroup(tree) ? tree : { all: [tree] });

/** The condition in words, for sentences. */
export function say(tree: Tree): string {
  if (isGroup(tree)) {
    const parts = partsOf(tree).filter((each) => !isBlank(each));
    const inner = (each: Tree) =>
      isGroup(each) && partsOf(each).length > 1 && parts.length > 1 ? `(${say(each)})` : say(each);
    return parts.map(inner).join('all' in tree ? ' and ' : ' or ');
  }
  if ('not' in tree) return `not (${say(tree.not)})`;
  if ('text' in tree) return tree.text;
  const words = operators.find(({ value }) => value === tree.operator)?.label ?? tree.operator;
  return [tree.left.trim(), words, isUnary(tree.operator) ? '' : shown(tree.right ?? "''")]
    .filter(Boolean)
    .join(' ');
}
