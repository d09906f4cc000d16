import createClient, { type Middleware } from 'openapi-fetch';
import { ApiProblem } from './problem';
import { noteHidden, revealing } from './reveal';
import type { paths } from './schema';
import { forgetWork } from './storage';

const guard: Middleware = {
  onRequest({ request }) {
    return revealing(request);
  },
  onResponse({ request, response }) {
    noteHidden(request, response);
    if (response.status === 401 && location.pathname !== '/signed-out') toSignIn();
    return undefined;
  },
};

/** Leaves for the sign-in page; it says what happened and how to come back. A flow that is begun in this tab waits for its maker,
 * what calls were tried with does not. */
export function toSignIn(): void {
  forgetWork(['browser']);
  location.assign('/signed-out?reason=expired');
}

export const api = createClient<paths>({ credentials: 'same-origin' });
api.use(guard);

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The data of an answer, or the problem it states as an exception for TanStack Query. */
export async function take<T>(answer: Promise<Answer<T>>): Promise<NonNullable<T>> {
  const { data, error, response } = await answer;
  if (!response.ok) throw ApiProblem.of(response.status, error);
  return data as NonNullable<T>;
}
