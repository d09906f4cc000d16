import { Failure } from './failure';

/** A page that could not be shown: what happened, and a way out. */
export function Crash({ error, reset }: { error: unknown; reset?: () => void }) {
  return (
    <div className="mx-auto w-full max-w-3xl p-6">
      <Failure
        error={error}
        what="This page could not be shown"
        retry={() => (reset ? reset() : location.reload())}
      />
    </div>
  );
}
