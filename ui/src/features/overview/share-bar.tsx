/** How much of all went well: the rest is red. */
export function ShareBar({ good, bad }: { good: number; bad: number }) {
  const all = good + bad;
  return (
    <span aria-hidden="true" className="flex h-1.5 gap-px overflow-hidden rounded-full bg-inset">
      {bad > 0 && <span className="bg-chart-bad" style={{ width: `max(3px, ${(bad / all) * 100}%)` }} />}
      {good > 0 && <span className="flex-1 bg-chart-soft" />}
    </span>
  );
}
