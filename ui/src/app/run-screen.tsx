import { lazy, Suspense } from 'react';
import { Skeleton } from '@/components/skeleton';
import { RunPage } from '@/features/runs/run-page';

const RunCanvas = lazy(() =>
  import('@/features/flow-editor/canvas/run-canvas').then((file) => ({ default: file.RunCanvas })),
);

/** The page of a run with the picture of its flow: two features, put together here. */
export function RunScreen() {
  return (
    <RunPage
      canvas={(shown) => (
        <Suspense fallback={<Skeleton rows={6} label="Loading the canvas" />}>
          <RunCanvas {...shown} />
        </Suspense>
      )}
    />
  );
}
