import { useQuery } from '@tanstack/react-query';
import { Badge } from '@/components/badge';
import { Failure } from '@/components/failure';
import { Notice } from '@/components/notice';
import { Spinner } from '@/components/spinner';
import { count, plural } from '@/lib/format';
import { previewQuery, type ReplayChoice, type ReplayPreview, type Which } from '@/lib/server/runs';

/** As many steps as leave the buttons in view. */
const SHOWN = 5;

const reads = (method: string) => method === 'GET' || method === 'HEAD';

/** What the world would see again, read out of the journals, before anything is done. */
export function ReplayEffects({ which, choice }: { which: Which; choice: ReplayChoice }) {
  const preview = useQuery(previewQuery(which, choice));
  if (preview.isError) return <Failure error={preview.error} what="What would run again is not known" />;
  if (!preview.data) {
    return (
      <p role="status" className="flex items-center gap-2 text-ink-mute">
        <Spinner /> Reading what the runs did …
      </p>
    );
  }
  return <Effects preview={preview.data} from={choice.from} />;
}

function Effects({ preview, from }: { preview: ReplayPreview; from: ReplayChoice['from'] }) {
  const { runs, skipped, again, kept, unknown, next } = preview;
  const twice = again.filter(({ method }) => !reads(method)).reduce((sum, each) => sum + each.succeeded, 0);
  return (
    <section aria-label="What runs again" className="flex flex-col gap-2">
      <p>
        <strong className="font-semibold">
          {next ? `More than ${plural(runs, 'run')}` : plural(runs, 'run')}
        </strong>{' '}
        {runs === 1 && !next ? 'is' : 'are'} replayed
        {skipped > 0 && `, ${count(skipped)} that match ${skipped === 1 ? 'is' : 'are'} left out`}
        {kept > 0 && `; ${plural(kept, 'result')} of earlier steps ${kept === 1 ? 'is' : 'are'} kept`}.
      </p>
      {again.length > 0 && (
        <ul aria-label="Steps that run again" className="divide-y divide-line rounded-md border border-line">
          {again.slice(0, SHOWN).map((each) => (
            <li
              key={`${each.flow.id} ${each.step} ${each.to}`}
              className="flex items-center gap-2 px-3 py-1.5"
            >
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{each.step}</span>
                <span className="block truncate text-xs text-ink-mute">
                  {each.method ? `${each.method} ${each.to}` : `${each.action}, never sent`} ·{' '}
                  {each.flow.name}
                </span>
              </span>
              {reads(each.method) ? (
                <Badge>only reads</Badge>
              ) : (
                each.succeeded > 0 && <Badge tone="wait">{count(each.succeeded)} done before</Badge>
              )}
              <span className="text-ink-soft">{count(each.times)} ×</span>
            </li>
          ))}
        </ul>
      )}
      {again.length > SHOWN && (
        <p className="text-ink-mute">and {plural(again.length - SHOWN, 'other step')}</p>
      )}
      {twice > 0 && (
        <Notice tone="wait" title="The world sees some of this twice">
          {plural(twice, 'request')} had succeeded already. Receivers that honour the idempotency key notice
          repetitions of an unchanged request; mails, text messages and others do not.
        </Notice>
      )}
      {unknown > 0 && (
        <p className="text-wait">
          The journals of {plural(unknown, 'run')} are gone: what they did is not known.
        </p>
      )}
      {from === 'failed_step' && runs > 0 && (
        <p className="text-xs text-ink-mute">Steps after the failed one follow for the first time.</p>
      )}
    </section>
  );
}
