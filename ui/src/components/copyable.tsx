import { CopyButton } from './copy-button';

type Props = { text: string; label: string; showLabel?: boolean; why?: string | undefined };

/** A text that is there to be copied, whole, with the button that does it. */
export function Copyable({ text, ...button }: Props) {
  return (
    <div className="flex items-center gap-2">
      <code className="min-w-0 flex-1 rounded-md bg-inset px-3 py-2 font-mono text-xs break-all">{text}</code>
      <CopyButton text={text} {...button} />
    </div>
  );
}
