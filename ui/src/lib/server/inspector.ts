import { queryOptions } from '@tanstack/react-query';
import { ApiProblem } from '@/lib/problem';

/** What the demo's built-in receiver got; not in the API's document, because only a demo serves it. */
export type Received = {
  id: number;
  received_at: string;
  method: string;
  path: string;
  headers: [string, string][];
  body: string;
  signature: 'valid' | 'invalid' | 'none';
  status: number;
};

export const inspectorQuery = () =>
  queryOptions({
    queryKey: ['inspector'],
    queryFn: async (): Promise<Received[] | 'absent'> => {
      const response = await fetch('/v1/inspector', { headers: { accept: 'application/json' } });
      if (response.status === 404) return 'absent';
      const body: unknown = await response.json().catch(() => undefined);
      if (!response.ok) throw ApiProblem.of(response.status, body);
      return (body as { data: Received[] }).data;
    },
  });
