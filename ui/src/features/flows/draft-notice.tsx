import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button, buttonClass } from '@/components/button';
import { Confirm } from '@/components/confirm';
import { Failure } from '@/components/failure';
import { NoteField } from '@/components/note-field';
import { Notice } from '@/components/notice';
import { useMay } from '@/lib/may';
import { usePublishFlow } from '@/lib/server/flows';
import { say } from '@/lib/toasts';
import type { Flow } from '@/lib/types';

/** A draft waits: what it changes, and the button that puts it in force. */
export function DraftNotice({ flow, draft }: { flow: Flow; draft: number }) {
  const { why } = useMay('write');
  const publish = usePublishFlow(flow.id);
  const [note, setNote] = useState('');
  const [asking, setAsking] = useState(false);
  const { live } = flow;
  return (
    <Notice tone="wait" title={`Draft ${draft} is not published`}>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span>
          {live === null
            ? 'The flow has never run. Publish it when it is ready.'
            : `New runs take version ${live} until you publish it.`}
        </span>
        <span className="flex gap-2">
          {live !== null && (
            <Link
              to="/flows/$flowId"
              params={{ flowId: flow.id }}
              search={{ tab: 'versions', from: live, to: draft }}
              className={buttonClass('plain', 'sm')}
            >
              See what changes
            </Link>
          )}
          <Button look="primary" size="sm" why={why} onClick={() => setAsking(true)}>
            Publish
          </Button>
        </span>
      </div>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        look="primary"
        title={`Publish draft ${draft}?`}
        confirm="Publish the draft"
        busy={publish.isPending}
        error={publish.isError && <Failure error={publish.error} what="The draft was not published" />}
        onConfirm={() =>
          publish.mutate(
            { version: draft, newest: draft, note: note.trim() },
            {
              onSuccess: (next) => {
                setAsking(false);
                say(`Version ${next.version} is live`, 'Runs that are under way keep their version.');
              },
            },
          )
        }
      >
        <p className="mb-3">It becomes a new version that events start from now on.</p>
        <NoteField value={note} onChange={setNote} />
      </Confirm>
    </Notice>
  );
}
