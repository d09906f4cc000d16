import { CodeBlock } from '@/components/code-block';
import { Notice } from '@/components/notice';
import type { components } from '@/lib/schema';
import { ForeseenList } from './foreseen-list';

/** What a dry check found: moments and flows first, then what was read and what would be answered. */
export function CheckedMessage({ checked }: { checked: components['schemas']['CheckedMessage'] }) {
  if (checked.unreadable) {
    return (
      <Notice tone="bad" title="It cannot be read as a message of this platform">
        {checked.unreadable}
      </Notice>
    );
  }
  const parts: [string, unknown][] = [
    ['What is read from it', checked.events],
    ['What the platform is answered where no flow replies', checked.reply],
  ];
  return (
    <div role="status" className="flex flex-col gap-4">
      <ForeseenList foreseen={checked.foreseen} />
      {parts.map(([title, value]) => (
        <details key={title} className="rounded-md border border-line">
          <summary className="cursor-default px-3 py-2 font-medium">{title}</summary>
          <div className="border-t border-line p-3">
            <CodeBlock json text={JSON.stringify(value, null, 2)} label={title} />
          </div>
        </details>
      ))}
    </div>
  );
}
