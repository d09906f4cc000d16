import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { OverlapField, USUAL_OVERLAP } from '@/components/overlap-field';
import { useRotateKey } from '@/lib/server/keys';
import type { Key } from '@/lib/types';
import { NewToken } from './new-token';

/** Gives a key another token, and the old one time to be replaced. */
export function RotateKeyDialog({ apiKey, onClose }: { apiKey: Key; onClose: () => void }) {
  const rotate = useRotateKey();
  const [overlap, setOverlap] = useState(USUAL_OVERLAP);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rotate.mutate({ id: apiKey.id, overlap_s: overlap });
  };
  if (rotate.data) {
    return (
      <Dialog open onClose={onClose} title="New token">
        <NewToken token={rotate.data.token} onDone={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Rotate “${apiKey.name}”`}
      description="A new key with the same name, scopes and expiry takes its place."
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {rotate.isError && <Failure error={rotate.error} what="The key was not rotated" />}
        <OverlapField value={overlap} onChange={setOverlap} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={rotate.isPending}>
            Rotate
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
