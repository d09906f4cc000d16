import { useMutation } from '@tanstack/react-query';
import { api, take } from '@/lib/api';

/** Ends the session of this browser and leaves for the sign-in page, without the old screens in memory. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => take(api.DELETE('/v1/session')),
    onSuccess: () => location.assign('/sign-in?reason=signed-out'),
  });
}
