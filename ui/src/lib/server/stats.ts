import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { TimelineStep } from '@/lib/types';

export const statsQuery = () =>
  queryOptions({ queryKey: ['stats'], queryFn: () => take(api.GET('/v1/stats')) });

export type Stretch = { from: string; to: string };

/** What is read from counters of a stretch of time: whatever happens changes some of it. */
export const trendsKey = ['trends'];

/** While the next stretch loads the one before stays, so that nothing jumps. */
export const timelineQuery = (
  stretch: Stretch,
  step: TimelineStep,
  of: { flow?: string; agent?: string } = {},
) =>
  queryOptions({
    queryKey: [...trendsKey, 'timeline', stretch, step, of],
    queryFn: () => {
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      return take(api.GET('/v1/stats/timeline', { params: { query: { ...stretch, ...of, step, zone } } }));
    },
    placeholderData: keepPreviousData,
  });

export const flowFiguresQuery = (stretch: Stretch) =>
  queryOptions({
    queryKey: [...trendsKey, 'flows', stretch],
    queryFn: async () => (await take(api.GET('/v1/stats/flows', { params: { query: stretch } }))).data,
    placeholderData: keepPreviousData,
  });

/** Five weeks are read for it: it is asked for more seldom. */
export const agentFiguresQuery = () =>
  queryOptions({
    queryKey: ['agent-figures'],
    queryFn: async () => (await take(api.GET('/v1/stats/agents'))).data,
  });
