import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useCallback } from 'react';
import { type Make, MakeContext } from '@/features/flow-editor/context';
import { connectionKindsQuery } from '@/lib/server/connections';

const ConnectionDialog = lazy(() =>
  import('@/features/connections/connection-dialog').then((file) => ({ default: file.ConnectionDialog })),
);
const NewSecretDialog = lazy(() =>
  import('@/features/secrets/new-secret-dialog').then((file) => ({ default: file.NewSecretDialog })),
);

/** Lets a step connect an account or save a secret where it is needed, without leaving the flow. */
export function Making({ children }: { children: ReactNode }) {
  const make = useCallback<Make>(
    (lacking, done, close) => (
      <Suspense>
        {lacking.what === 'secret' ? (
          <NewSecretDialog onSaved={done} onClose={close} />
        ) : (
          <Connecting kinds={lacking.kinds} done={done} close={close} />
        )}
      </Suspense>
    ),
    [],
  );
  return <MakeContext value={make}>{children}</MakeContext>;
}

type Props = { kinds: string[]; done: (name: string) => void; close: () => void };

function Connecting({ kinds, done, close }: Props) {
  const all = useQuery(connectionKindsQuery());
  return (
    <ConnectionDialog
      connection={undefined}
      kinds={all}
      {...(kinds.length > 0 && { only: kinds })}
      onSaved={done}
      onClose={close}
    />
  );
}
