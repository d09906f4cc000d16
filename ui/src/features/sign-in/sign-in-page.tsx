import { useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { Notice } from '@/components/notice';
import { readToken } from './token';

const reasons: Record<string, { tone: 'info' | 'bad'; title: string; text: string }> = {
  expired: {
    tone: 'info',
    title: 'Please sign in',
    text: 'There is no session in this browser, or it has ended.',
  },
  invalid: {
    tone: 'bad',
    title: 'That link did not work',
    text: 'It was used already, or it is too old. Each link works once.',
  },
  'signed-out': { tone: 'info', title: 'You are signed out', text: 'Use a fresh link to come back.' },
};

/** Explains the one-time link and takes it; the server checks it, sets the session and leads to the overview. */
export function SignInPage() {
  const { reason } = useSearch({ from: '/signed-out' });
  const [pasted, setPasted] = useState('');
  const [error, setError] = useState<string>();
  const notice = reasons[reason ?? ''];
  useEffect(() => {
    document.title = 'Sign in · Switchhook';
  }, []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const token = readToken(pasted);
    if (token) location.assign(`/sign-in?token=${encodeURIComponent(token)}`);
    else
      setError('This is neither a sign-in link nor its token. Copy the whole line that the server printed.');
  };
  return (
    <main className="flex min-h-dvh items-start justify-center px-4 pt-[14vh] pb-10">
      <div className="flex w-full max-w-md flex-col gap-5">
        <div className="flex items-center gap-3">
          <img src="/favicon.svg" alt="" width={36} height={36} />
          <div>
            <h1 className="text-xl font-semibold tracking-tight">Sign in to Switchhook</h1>
            <p className="text-ink-soft">The actions layer for voice calls</p>
          </div>
        </div>
        {notice && (
          <Notice tone={notice.tone} title={notice.title}>
            {notice.text}
          </Notice>
        )}
        <form onSubmit={submit} className="flex flex-col gap-4 rounded-xl border border-line bg-surface p-5">
          <Field
            label="One-time sign-in link"
            error={error}
            help="The server prints it when it starts. It works once and only for a short time."
          >
            {(ids) => (
              <Input
                {...ids}
                value={pasted}
                onChange={(event) => {
                  setPasted(event.target.value);
                  setError(undefined);
                }}
                placeholder={`${location.origin}/sign-in?token=…`}
                autoComplete="off"
                spellCheck={false}
                className="font-mono text-xs"
              />
            )}
          </Field>
          <Button type="submit" look="primary" disabled={pasted.trim() === ''}>
            Sign in
          </Button>
        </form>
        <div className="text-ink-soft">
          <p className="font-medium text-ink">Where do I find the link?</p>
          <p className="mt-1">
            In the terminal or the log of the server: the line that begins with “sign in”. Restarting the
            server prints a new one. Scripts use an API key instead.
          </p>
        </div>
      </div>
    </main>
  );
}
