import { useQuery } from '@tanstack/react-query';
import { Braces } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { CodeBlock } from '@/components/code-block';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { Skeleton } from '@/components/skeleton';
import { sampleQuery } from '@/lib/server/testing';

/** The payload at a moment, as it is sent when nothing else is said, and as `${ }` sees it. */
export function PayloadView({ kind }: { kind: string }) {
  const [open, setOpen] = useState(false);
  return (
    <div>
      <Button size="sm" icon={<Braces aria-hidden="true" />} onClick={() => setOpen(true)}>
        View payload
      </Button>
      {open && <Payload kind={kind} onClose={() => setOpen(false)} />}
    </div>
  );
}

function Payload({ kind, onClose }: { kind: string; onClose: () => void }) {
  const sample = useQuery(sampleQuery({ kind }));
  const payload = sample.data?.payload as { data?: unknown } | undefined;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Payload"
      description={
        <>
          A sample of {kind}. Any value of it can be used as{' '}
          <code className="font-mono">{`\${callInfo.from}`}</code>.
        </>
      }
    >
      {sample.isError && <Failure error={sample.error} what="The sample could not be loaded" />}
      {sample.isPending && <Skeleton rows={6} />}
      {payload && <CodeBlock json label="Payload" text={JSON.stringify(payload.data ?? payload, null, 2)} />}
    </Dialog>
  );
}
