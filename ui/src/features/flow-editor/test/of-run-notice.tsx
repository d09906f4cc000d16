import { Link } from '@tanstack/react-router';
import { Button, buttonClass } from '@/components/button';
import { Failure } from '@/components/failure';
import { Notice } from '@/components/notice';
import { plural, shortId } from '@/lib/format';
import type { useOfRun } from './use-of-run';

type Props = { state: ReturnType<typeof useOfRun>; version: number; onClear: () => void };

/** Says of which run the test has its event and answers, and takes them away again. */
export function OfRunNotice({ state: { loaded, error }, version, onClear }: Props) {
  if (error) return <Failure error={error} what="The run could not be loaded into the test" />;
  if (!loaded) return null;
  const { run, of, cut } = loaded;
  return (
    <Notice title={`The test takes what the run ${shortId(run.id)} saw and was answered`}>
      <p>
        {of.event ? `Its ${run.event.kind}` : `The sample of its ${run.event.kind}`} and{' '}
        {plural(Object.keys(of.pins).length, 'answer')}. Steps without an answer take the sample of their
        action.
        {cut.length > 0 && ` Too long to be kept whole: ${cut.join(', ')}.`}
        {run.flow.version !== version && ` It ran version ${run.flow.version}; this is version ${version}.`}
      </p>
      <p className="mt-1 -ml-2 flex flex-wrap gap-1">
        <Link to="/runs/$runId" params={{ runId: run.id }} search={{}} className={buttonClass('quiet', 'sm')}>
          Back to the run
        </Link>
        <Button size="sm" look="quiet" onClick={onClear}>
          Clear
        </Button>
      </p>
    </Notice>
  );
}
