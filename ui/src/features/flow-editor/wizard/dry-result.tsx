import { Failure } from '@/components/failure';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';
import { StepOutcome } from '@/components/step-outcome';
import type { Doc } from '@/features/flow-editor/model/json';
import { PlaceLink } from '@/features/flow-editor/place-link';
import type { useDryRun } from './use-dry-run';

type Props = { run: ReturnType<typeof useDryRun>; doc: Doc; onPlace: (at: string) => void };

/** So many steps are shown with everything they would send; of more the first line. */
const opened = 4;

/** What each step would send, and whether the call would start the flow at all. */
export function DryResult({ run, doc, onPlace }: Props) {
  const { report, whyNot, refused, error } = run;
  if (error) return <Failure error={error} what="The flow could not be tried" onPlace={onPlace} />;
  if (!report) return <Skeleton rows={4} label="Trying the flow" />;
  return (
    <div className="flex flex-col gap-3">
      {refused && (
        <Notice tone="wait" title="This call would not start the flow; below is what the steps would do">
          <ul className="flex flex-col gap-1">
            {whyNot.map(({ path, message }, i) => (
              <li key={i} className="flex flex-wrap gap-x-2">
                <PlaceLink doc={doc} path={path} onPlace={onPlace} />
                <span>{message}</span>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {report.status === 'failed' && (
        <Notice tone="bad" title="The run would fail">
          {report.reason}
        </Notice>
      )}
      {report.status === 'stopped' && <Notice title="The run would be stopped">{report.reason}</Notice>}
      <ol aria-label="What it would send" className="flex flex-col gap-2">
        {report.steps.map((step, i) => (
          <li key={`${step.path}-${i}`}>
            <StepOutcome
              result={step}
              startsOpen={report.steps.length <= opened || step.result === 'failed'}
            />
          </li>
        ))}
      </ol>
    </div>
  );
}
