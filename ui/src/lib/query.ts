import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem';

/** Server state lives here and nowhere else. What the live stream tells is fetched then; nothing polls. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // What is told while no page shows a list is heard by nobody: coming back to it fetches it again.
      staleTime: 0,
      retry: (failures, error) => {
        const { status } = ApiProblem.from(error);
        return failures < 2 && (status === 0 || status >= 502);
      },
    },
  },
});
