// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it } from 'vitest';
import { sessionQuery } from '@/lib/server/session';
import type { Role, Scope } from '@/lib/types';
import { BulkBar } from './bulk-bar';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

function refusals(role: Role, scopes: Scope[]): (string | null)[] {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData<unknown>(sessionQuery().queryKey, { role, scopes });
  const place = document.createElement('div');
  act(() =>
    createRoot(place).render(
      <QueryClientProvider client={client}>
        <BulkBar selected={new Set(['run_1'])} onClear={() => undefined} filter={undefined} />
      </QueryClientProvider>,
    ),
  );
  return [...place.querySelectorAll('[aria-disabled]')].map((button) => button.getAttribute('title'));
}

it('a viewer is told before the click that runs are for others to replay and cancel', () => {
  const why = expect.stringContaining('Your role is viewer');
  expect(refusals('viewer', ['read'])).toEqual([why, why]);
  expect(refusals('operator', ['read', 'operate'])).toEqual([]);
});
