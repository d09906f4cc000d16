import { QueryClient, type QueryKey } from '@tanstack/react-query';
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

/** Reads again what may be old: what has this key, or everything. What is under way ends first, and is then read once more: it may
 * have been asked before. */
export async function readAgain(client: QueryClient, queryKey?: QueryKey): Promise<void> {
  const those = queryKey && { queryKey };
  const again = () => client.invalidateQueries(those, { cancelRefetch: false });
  const isReading = client.isFetching(those) > 0;
  await again();
  if (isReading) await again();
}
