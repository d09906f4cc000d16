import { useState } from 'react';
import { bytes } from '@/lib/format';
import { pretty } from '@/lib/json-highlight';
import { CodeBlock } from './code-block';
import { CopyButton } from './copy-button';
import { Segmented } from './segmented';

/** A JSON text as it is or laid out, with its size and a way to copy it. */
export function JsonText({ text, label }: { text: string; label: string }) {
  const [view, setView] = useState<'pretty' | 'raw'>('pretty');
  const formatted = pretty(text);
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="text-xs text-ink-mute">{bytes(new TextEncoder().encode(text).length)} as JSON</span>
        <div className="flex items-center gap-2">
          {formatted !== undefined && (
            <Segmented
              label={`How ${label} is shown`}
              options={[
                ['pretty', 'Pretty'],
                ['raw', 'Raw'],
              ]}
              value={view}
              onChange={setView}
            />
          )}
          <CopyButton text={text} label="Copy" showLabel />
        </div>
      </div>
      <CodeBlock json text={view === 'pretty' && formatted !== undefined ? formatted : text} label={label} />
    </>
  );
}
