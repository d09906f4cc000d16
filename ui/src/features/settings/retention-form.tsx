import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { NotSaved } from '@/components/not-saved';
import { useMay } from '@/lib/may';
import { problemsOf } from '@/lib/problem';
import type { Known } from '@/lib/server/known';
import { type RetentionSettings, useSaveRetention } from '@/lib/server/privacy';
import { sayAfter } from '@/lib/toasts';
import { DaysField } from './days-field';

type Props = { known: Known<RetentionSettings & { usual_payload_days: number }> };

const toText = (days: number | null | undefined) => (days ? String(days) : '');
const toDays = (text: string) => (text.trim() ? Number(text) : null);

export function RetentionForm({ known }: Props) {
  const settings = known.value;
  const { why } = useMay('admin');
  const save = useSaveRetention(known);
  const [payload, setPayload] = useState(toText(settings.payload_days));
  const [call, setCall] = useState(toText(settings.call_days));
  const [recording, setRecording] = useState(toText(settings.recording_days));
  const problems = problemsOf(save.error);
  const wrong = (name: string) => problems.find(({ path }) => path === `/${name}`)?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const days = {
      payload_days: toDays(payload),
      call_days: toDays(call),
      recording_days: Number(recording),
    };
    sayAfter(save.mutateAsync(days), 'Retention saved', 'What is older is removed within minutes.');
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {save.isError && problems.length === 0 && (
        <NotSaved error={save.error} what="The settings were not saved" />
      )}
      <div className="grid gap-4 sm:grid-cols-3">
        <DaysField
          label="Messages and journals"
          help="What platforms sent, and what each attempt sent and got. Runs can be replayed as long."
          value={payload}
          onChange={setPayload}
          error={wrong('payload_days')}
          empty={String(settings.usual_payload_days)}
        />
        <DaysField
          label="Calls as a whole"
          help="With their transcripts, outcomes and runs. Empty keeps them for ever."
          value={call}
          onChange={setCall}
          error={wrong('call_days')}
          empty="for ever"
        />
        <DaysField
          label="Copies of recordings"
          help="Counted from the call. A call that is removed takes them along."
          value={recording}
          onChange={setRecording}
          error={wrong('recording_days')}
        />
      </div>
      <div className="flex justify-end">
        <Button type="submit" look="primary" why={why} busy={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}
