import { useState } from 'react';
import type { Mail } from '@/lib/sent';
import { CodeBlock } from './code-block';
import { MailFrame } from './mail-frame';
import { Segmented } from './segmented';

type View = 'html' | 'text' | 'source';

/** A mail as whoever gets it sees it: who, what about, and what it says. */
export function MailView({ mail }: { mail: Mail }) {
  const views: [View, string][] = [
    ...(mail.html === undefined ? [] : ([['html', 'Mail']] as [View, string][])),
    ...(mail.text === undefined ? [] : ([['text', 'Text']] as [View, string][])),
    ...(mail.html === undefined ? [] : ([['source', 'HTML']] as [View, string][])),
  ];
  const [chosen, setChosen] = useState<View>();
  const view = chosen ?? views[0]?.[0];
  return (
    <section aria-label="The mail" className="flex flex-col gap-3">
      <h3 className="text-lg font-semibold break-words">{mail.subject || 'No subject'}</h3>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5">
        {mail.headers.map(([name, value], i) => (
          <div key={i} className="contents">
            <dt className="text-ink-mute">{name}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
      </dl>
      {views.length > 1 && view && (
        <div>
          <Segmented label="How the mail is shown" options={views} value={view} onChange={setChosen} />
        </div>
      )}
      {view === 'html' && <MailFrame html={mail.html ?? ''} />}
      {view === 'text' && (
        <p
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
          tabIndex={0}
          className="max-h-80 overflow-auto rounded-md border border-line p-3 whitespace-pre-wrap"
        >
          {mail.text}
        </p>
      )}
      {view === 'source' && <CodeBlock text={mail.html ?? ''} label="HTML of the mail" />}
      {view === 'html' && (
        <p className="text-xs text-ink-mute">
          Images from other hosts are not loaded, and links lead nowhere.
        </p>
      )}
    </section>
  );
}
