import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button';
import { IconButton } from './icon-button';

type Props = { text: string | (() => string); label: string; showLabel?: boolean; why?: string | undefined };

/** Copies a text; says so for a moment. `why` says why it cannot. */
export function CopyButton({ text, label, showLabel = false, why }: Props) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = () => {
    navigator.clipboard.writeText(typeof text === 'string' ? text : text()).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  const icon = copied ? <Check aria-hidden="true" className="text-ok" /> : <Copy aria-hidden="true" />;
  return (
    <>
      {showLabel ? (
        <Button size="sm" icon={icon} why={why} onClick={copy}>
          {copied ? 'Copied' : label}
        </Button>
      ) : (
        <IconButton size="sm" label={copied ? 'Copied' : label} icon={icon} why={why} onClick={copy} />
      )}
      <span aria-live="polite" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </>
  );
}
