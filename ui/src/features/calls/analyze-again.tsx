import { RotateCw } from 'lucide-react';
import { Button } from '@/components/button';
import { Failure } from '@/components/failure';
import { useMay } from '@/lib/may';
import { useAnalyze } from '@/lib/server/calls';
import { say } from '@/lib/toasts';

/** Asks once more what the call was about; what follows calls is not repeated. */
export function AnalyzeAgain({ id }: { id: string }) {
  const { why } = useMay('operate');
  const analyze = useAnalyze(id);
  return (
    <div className="flex flex-col items-start gap-2">
      <Button
        size="sm"
        icon={<RotateCw aria-hidden="true" />}
        busy={analyze.isPending}
        why={why}
        onClick={() =>
          analyze.mutate(undefined, {
            onSuccess: () => say('The call is analysed again', 'What follows calls is not repeated.'),
          })
        }
      >
        Analyse again
      </Button>
      {analyze.isError && <Failure error={analyze.error} what="The call was not analysed" />}
    </div>
  );
}
