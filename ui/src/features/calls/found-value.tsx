import { useNavigate } from '@tanstack/react-router';
import { Badge } from '@/components/badge';
import type { Evidence } from '@/lib/types';
import { showFound } from './show';

const doubts: Record<string, string> = {
  not_said: 'nobody said that',
  instruction: 'an order to the reader',
  contradicted: 'the words say another value',
  not_understood: 'no value of its type',
  unchecked: 'unchecked',
};

/** A value that was found out, with the words that say it, which lead to their turn. Text from calls stays text. */
export function FoundValue({ value, evidence }: { value: unknown; evidence: Evidence | undefined }) {
  const navigate = useNavigate({ from: '/calls/$callId' });
  const { quote, turn, flag, currency, by } = evidence ?? {};
  const none = value === null || value === undefined;
  return (
    <>
      <span className={none ? 'text-ink-mute' : undefined}>
        {showFound(value)}
        {currency && ` ${currency}`}
      </span>
      {flag && (
        <>
          {' '}
          <Badge tone={flag === 'unchecked' ? 'off' : 'wait'}>{doubts[flag] ?? flag}</Badge>
        </>
      )}
      {by === 'platform' && <span className="block text-xs text-ink-mute">found by the platform</span>}
      {quote &&
        (typeof turn === 'number' ? (
          <button
            type="button"
            title={`Show turn ${turn + 1} of the conversation`}
            onClick={() => void navigate({ search: { turn }, replace: true, resetScroll: false })}
            className="block rounded text-left text-xs text-accent underline-offset-2 hover:underline"
          >
            <q>{quote}</q>
          </button>
        ) : (
          <q className="block text-xs text-ink-soft">{quote}</q>
        ))}
    </>
  );
}
