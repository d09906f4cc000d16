import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import type { CampaignSettings } from '@/lib/types';
import { pages } from './pages';

export const campaignsQuery = (search = '') =>
  pages(['campaigns', search], (cursor) =>
    take(
      api.GET('/v1/campaigns', {
        params: { query: { ...(search && { search }), ...(cursor && { cursor }) } },
      }),
    ),
  );

export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', id],
    queryFn: () => take(api.GET('/v1/campaigns/{id}', { params: { path: { id } } })),
  });

/** How a campaign's calls went. */
export const campaignOutcomesQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', id, 'outcomes'],
    queryFn: () => take(api.GET('/v1/campaigns/{id}/outcomes', { params: { path: { id } } })),
  });

function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['campaigns'] });
}

/** Makes a campaign, or replaces this version of the one with this id. */
export function useSaveCampaign(of: { id: string; version: number } | undefined) {
  return useMutation({
    mutationFn: (body: CampaignSettings) =>
      of
        ? take(
            api.PUT('/v1/campaigns/{id}', {
              params: { path: { id: of.id }, header: { 'if-match': `"${of.version}"` } },
              body,
            }),
          )
        : take(api.POST('/v1/campaigns', { body })),
    onSuccess: useRefresh(),
  });
}

export function useDeleteCampaign() {
  return useMutation({
    mutationFn: (id: string) => take(api.DELETE('/v1/campaigns/{id}', { params: { path: { id } } })),
    onSuccess: useRefresh(),
  });
}
