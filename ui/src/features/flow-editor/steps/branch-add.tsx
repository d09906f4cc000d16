import { Plus } from 'lucide-react';
import { Button } from '@/components/button';
import { useEdit } from '@/features/flow-editor/context';
import { below, type Json, listOf } from '@/features/flow-editor/model/json';
import { kindOf, type Step } from '@/features/flow-editor/model/steps';

/** One more case of a choice, or one more branch beside the others. */
export function BranchAdd({ step, at }: { step: Step; at: string }) {
  const { set, goTo } = useEdit();
  const isCase = kindOf(step) === 'switch';
  const name = isCase ? 'switch' : 'parallel';
  const all = listOf(step[name]);
  const fresh: Json = isCase ? { if: '', steps: [] } : [];
  const add = () => {
    set(below(at, name), [...all, fresh]);
    goTo(isCase ? below(at, name, all.length, 'if') : below(at, name, all.length));
  };
  return (
    <div className="-ml-2">
      <Button size="sm" look="quiet" icon={<Plus aria-hidden="true" />} onClick={add}>
        {isCase ? 'Add a case' : 'Add a branch'}
      </Button>
    </div>
  );
}
