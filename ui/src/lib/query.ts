import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem';

/** Server state lives here and nowhere else. What the live stream tells is fetched then; nothing polls. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => {
        const { status } = ApiProblem.from(error);
        return failures < 2 && (status === 0 || status >= 502);
      },
    },
  },
});
