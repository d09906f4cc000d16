/** Colours of the parts of charts; what they mean stands beside them as well. */
export type ChartTone = 'main' | 'soft' | 'bad';

export const chartFills: Record<ChartTone, string> = {
  main: 'fill-chart-main',
  soft: 'fill-chart-soft',
  bad: 'fill-chart-bad',
};

export const chartColors: Record<ChartTone, string> = {
  main: 'bg-chart-main',
  soft: 'bg-chart-soft',
  bad: 'bg-chart-bad',
};
