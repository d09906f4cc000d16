import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Confirm } from '@/components/confirm';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { plural } from '@/lib/format';
import { problemsOf } from '@/lib/problem';
import { useForget, useWouldForget } from '@/lib/server/privacy';
import { say } from '@/lib/toasts';
import { inWords } from './kinds';

/** Shows what there is about a number, and removes it once that was seen and confirmed. */
export function ForgetForm({ number: given }: { number: string }) {
  const [look, forget] = [useWouldForget(), useForget()];
  const navigate = useNavigate();
  const [number, setNumber] = useState(given);
  const [asking, setAsking] = useState(false);
  const wrong = problemsOf(look.error)[0]?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    look.mutate(number.trim(), { onSuccess: () => setAsking(true) });
  };
  const found = look.data ? inWords(look.data.found) : [];
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {look.isError && !wrong && <Failure error={look.error} what="What there is could not be counted" />}
      <Field
        label="Phone number"
        help="Calls that have it on either side go with everything of them, and so do its contact and alerts that name it. What is counted first is shown before anything is removed."
        error={wrong}
      >
        {(ids) => (
          <span className="flex flex-wrap gap-2">
            <Input
              {...ids}
              type="tel"
              required
              maxLength={64}
              autoComplete="off"
              placeholder="+14155550100"
              value={number}
              onChange={(event) => setNumber(event.target.value)}
              className="min-w-48 flex-1"
            />
            <Button type="submit" busy={look.isPending} disabled={!number.trim()}>
              See what there is…
            </Button>
          </span>
        )}
      </Field>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={`Forget ${number.trim()}?`}
        confirm="Forget it"
        busy={forget.isPending}
        error={forget.isError && <Failure error={forget.error} what="The number was not forgotten" />}
        onConfirm={() =>
          forget.mutate(number.trim(), {
            onSuccess: () => {
              setAsking(false);
              setNumber('');
              // The address names it no longer either.
              void navigate({ to: '/settings/retention', search: {}, replace: true, resetScroll: false });
              say('The number is being forgotten', 'The receipt below says when it is done.');
            },
          })
        }
      >
        {found.length > 0 ? (
          <>
            <p>This is removed and cannot be brought back:</p>
            <ul className="my-2 list-disc pl-5 text-ink">
              {found.map((line) => (
                <li key={line}>{line}</li>
              ))}
              {look.data?.more && <li>and more calls than were counted</li>}
            </ul>
            {Boolean(look.data?.cancelled) && (
              <p>{plural(look.data?.cancelled ?? 0, 'run')} not yet over: cancelled first.</p>
            )}
          </>
        ) : (
          <p>There is nothing about this number. A receipt says so, if you need one.</p>
        )}
        <p>Counts of usage stay. A call that comes later is a new one.</p>
      </Confirm>
    </form>
  );
}
