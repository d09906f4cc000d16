import { queryOptions, useMutation } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { components } from '@/lib/schema';

/** The made-up calls that can be played; they change with the server only. */
export const rehearsalsQuery = () =>
  queryOptions({
    queryKey: ['rehearsals'],
    queryFn: () => take(api.GET('/v1/calls/simulate')),
    staleTime: Number.POSITIVE_INFINITY,
  });

export type Played = components['schemas']['Played'];
export type RehearsalChoice = {
  provider: string;
  scenario: string;
  /** What is told in place of what the scenario has. */
  story?: components['schemas']['OwnStory'] | null;
  effects: 'live' | 'held';
};

/** Plays a made-up call: for real, or only to see what would happen. */
export function usePlay() {
  return useMutation({
    mutationFn: (body: RehearsalChoice) => take(api.POST('/v1/calls/simulate', { body })),
  });
}
