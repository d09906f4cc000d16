import { type ReactNode, useState } from 'react';
import { bytes } from '@/lib/format';
import { pretty } from '@/lib/json-highlight';
import { CodeBlock } from './code-block';
import { CopyButton } from './copy-button';
import { HeaderList } from './header-list';
import { Notice } from './notice';
import { Segmented } from './segmented';

type Message = { headers: string[][]; body?: string | null; truncated?: boolean | null };
type Props = { what: string; line: ReactNode; message: Message };

/** A request or a response as it was on the wire: first line, headers, body pretty or raw. */
export function MessageView({ what, line, message }: Props) {
  const [view, setView] = useState<'pretty' | 'raw'>('pretty');
  const body = message.body ?? '';
  const formatted = pretty(body);
  const text = view === 'pretty' && formatted !== undefined ? formatted : body;
  return (
    <div className="flex flex-col gap-4">
      <p className="rounded-md bg-inset px-3 py-2 font-mono text-xs break-all">{line}</p>
      <HeaderList headers={message.headers} />
      <section aria-label={`Body of the ${what}`} className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h3 className="font-medium">
            Body{' '}
            <span className="font-normal text-ink-mute">{bytes(new TextEncoder().encode(body).length)}</span>
          </h3>
          {body && (
            <div className="flex items-center gap-2">
              {formatted !== undefined && (
                <Segmented
                  label="How the body is shown"
                  options={[
                    ['pretty', 'Pretty'],
                    ['raw', 'Raw'],
                  ]}
                  value={view}
                  onChange={setView}
                />
              )}
              <CopyButton text={body} label="Copy body" showLabel />
            </div>
          )}
        </div>
        {message.truncated && (
          <Notice tone="wait">The body was cut for display; what was sent or read was whole.</Notice>
        )}
        {body ? (
          <CodeBlock text={text} json={formatted !== undefined} label={`Body of the ${what}`} />
        ) : (
          <p className="text-ink-mute">The {what} has no body.</p>
        )}
      </section>
    </div>
  );
}
