import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { FlowChanges } from '@/components/flow-changes';
import { NoteField } from '@/components/note-field';
import { Skeleton } from '@/components/skeleton';
import { unsavedDiffQuery, versionQuery } from '@/lib/server/flows';
import type { Flow, FlowDocument } from '@/lib/types';

type Props = {
  flow: Flow;
  document: FlowDocument;
  busy: boolean;
  /** Why it was not published. */
  error: unknown;
  onClose: () => void;
  onPublish: (note: string) => void;
};

/** What a document would change for new runs, before it does; and a word about it. */
export function PublishDialog({ flow, document, busy, error, onClose, onPublish }: Props) {
  const [note, setNote] = useState('');
  const diff = useQuery(unsavedDiffQuery(flow.id, document));
  const before = useQuery(versionQuery(flow.id, diff.data?.from ?? null));
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Save and publish?"
      description={
        flow.live === null
          ? 'Nothing of this flow was live before.'
          : `What new runs do differently from version ${flow.live}, which is live now. Runs that are under way keep theirs.`
      }
    >
      <form
        className="flex min-w-0 flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          onPublish(note.trim());
        }}
      >
        <NoteField value={note} onChange={setNote} />
        {diff.isError ? (
          <Failure error={diff.error} what="What changes could not be found out" />
        ) : diff.data ? (
          <FlowChanges
            changes={diff.data.changes}
            before={before.data?.document}
            after={document}
            none="It says the same as what is live."
          />
        ) : (
          <Skeleton rows={3} label="Finding out what changes" />
        )}
        {error ? <Failure error={error} what="The flow was not published" /> : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Not now</Button>
          <Button type="submit" look="primary" busy={busy}>
            Publish
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
