import type { FlowReport } from '@/lib/types';

/** Which filters of a flow refuse a call. */
export function WhyNot({ reasons }: { reasons: NonNullable<FlowReport['why_not']> }) {
  return (
    <ul>
      {reasons.map(({ path, message }) => (
        <li key={path}>
          <code className="font-mono text-xs">{path}</code> {message}
        </li>
      ))}
    </ul>
  );
}
