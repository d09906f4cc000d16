import { useState } from 'react';
import { Confirm } from '@/components/confirm';
import { Failure } from '@/components/failure';
import { NoteField } from '@/components/note-field';
import { usePublishFlow } from '@/lib/server/flows';
import { say } from '@/lib/toasts';
import type { Flow } from '@/lib/types';

type Props = { flow: Flow; version: number; open: boolean; onClose: () => void };

/** Asks before an earlier version is put in force again. */
export function RollBack({ flow, version, open, onClose }: Props) {
  const publish = usePublishFlow(flow.id);
  const [note, setNote] = useState('');
  return (
    <Confirm
      open={open}
      onClose={onClose}
      look="primary"
      title={`Roll back to version ${version}?`}
      confirm="Roll back"
      busy={publish.isPending}
      error={publish.isError && <Failure error={publish.error} what="The flow was not rolled back" />}
      onConfirm={() =>
        publish.mutate(
          { version, newest: flow.draft ?? flow.version, note: note.trim() },
          {
            onSuccess: (next) => {
              onClose();
              say(`Version ${next.version} is live`, `It repeats version ${version}.`);
            },
          },
        )
      }
    >
      <p className="mb-3">
        New runs take it from now on, as a new version that repeats this one. Nothing is lost: every version
        stays in the list{flow.draft !== null ? `, draft ${flow.draft} too` : ''}.
      </p>
      <NoteField value={note} onChange={setNote} />
    </Confirm>
  );
}
