import { useMarks } from '@/features/flow-editor/context';
import { blocksOf, type Step } from '@/features/flow-editor/model/steps';

/** How much is wrong with a step; what is wrong with the steps inside it counts only while they are not seen. */
export function useNodeMarks(at: string, step: Step, deep: boolean): { problems: number; warnings: number } {
  const { problems, warnings } = useMarks(at, true);
  const blocks = deep ? [] : blocksOf(step).map(({ path }) => `${at}${path}/`);
  const own = ({ path }: { path: string }) => !blocks.some((block) => path.startsWith(block));
  return { problems: problems.filter(own).length, warnings: warnings.filter(own).length };
}
