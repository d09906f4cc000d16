import { Badge } from '@/components/badge';
import type { Received } from '@/lib/server/inspector';

const words = {
  valid: { tone: 'ok', text: 'signature valid' },
  invalid: { tone: 'bad', text: 'signature invalid' },
  none: { tone: 'off', text: 'not signed' },
} as const;

export function Signature({ signature }: { signature: Received['signature'] }) {
  const { tone, text } = words[signature];
  return <Badge tone={tone}>{text}</Badge>;
}
