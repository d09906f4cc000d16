import { useQueryClient } from '@tanstack/react-query';
import { isOvertaken } from '@/lib/server/known';
import { Button } from './button';
import { Failure } from './failure';
import { Notice } from './notice';

type Props = { error: unknown; what: string };

/** Why settings were not saved; where somebody else has saved meanwhile, with the way to what they saved. */
export function NotSaved({ error, what }: Props) {
  const client = useQueryClient();
  if (!isOvertaken(error)) return <Failure error={error} what={what} />;
  return (
    <div role="alert">
      <Notice tone="wait" title="Somebody else has saved this meanwhile">
        <p>Yours is not saved over theirs. Look at what they have saved, and change that.</p>
        <Button
          size="sm"
          className="mt-2"
          onClick={() => void client.invalidateQueries({ queryKey: ['settings'] })}
        >
          Drop my changes and load theirs
        </Button>
      </Notice>
    </div>
  );
}
