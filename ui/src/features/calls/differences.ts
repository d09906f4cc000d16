import type { AnalysisVersion } from '@/lib/types';

export type Difference = { name: string; now: unknown; was: unknown };

/** All that an analysis says, by its name. */
function said({ analysis, disposition }: AnalysisVersion): Map<string, unknown> {
  return new Map<string, unknown>([
    ['Disposition', disposition],
    ['Success', analysis.success],
    ['Sentiment', analysis.sentiment],
    ['Summary', analysis.summary],
    ...Object.entries(analysis.structured ?? {}),
    ...Object.entries(analysis.answers ?? {}),
  ]);
}

/** In what one analysis differs from another; what neither says is no difference. */
export function differences(now: AnalysisVersion, before: AnalysisVersion): Difference[] {
  const [here, there] = [said(now), said(before)];
  const names = [...new Set([...here.keys(), ...there.keys()])];
  return names
    .map((name) => ({ name, now: here.get(name) ?? null, was: there.get(name) ?? null }))
    .filter(({ now, was }) => JSON.stringify(now) !== JSON.stringify(was));
}
