import { queryOptions, useMutation } from '@tanstack/react-query';
import { api, take } from '@/lib/api';
import { forgetWork, keepWorkOf } from '@/lib/storage';

/** Who is signed in, in which workspace, on which version of the server. */
export const sessionQuery = () =>
  queryOptions({
    queryKey: ['session'],
    queryFn: async () => {
      const session = await take(api.GET('/v1/session'));
      keepWorkOf(session.member_id ?? session.name);
      return session;
    },
    staleTime: 300_000,
  });

/** Ends the session of this browser and leaves for the sign-in page, without the old screens in memory. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => take(api.POST('/v1/session/end')),
    onSuccess: () => {
      forgetWork();
      location.assign('/signed-out?reason=signed-out');
    },
  });
}
