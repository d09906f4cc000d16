/** Settings that several people may change: what was read of them with its version, so that nobody's are overwritten unseen. */
import { take } from '@/lib/api';
import { ApiProblem } from '@/lib/problem';

export type Known<T> = { value: T; etag: string };

type Answer<T> = { data?: T; error?: unknown; response: Response };

export async function takeKnown<T>(asked: Promise<Answer<T>>): Promise<Known<NonNullable<T>>> {
  const { response } = await asked;
  return { value: await take(asked), etag: response.headers.get('etag') ?? '*' };
}

type Over<T, A> = { known: Known<T>; read: () => Promise<Known<T>>; put: (etag: string) => Promise<A> };

/**
 * Saves over what is known, and over nothing else. Settings of a workspace share one version: where only others of them have been
 * saved since, nobody's change is lost, and it is saved all the same.
 */
export async function saveOver<T, A>({ known, read, put }: Over<T, A>): Promise<A> {
  try {
    return await put(known.etag);
  } catch (error) {
    if (!isOvertaken(error)) throw error;
    const now = await read();
    if (JSON.stringify(now.value) !== JSON.stringify(known.value)) throw error;
    return put(now.etag);
  }
}

export const isOvertaken = (error: unknown): boolean => ApiProblem.from(error).code === 'version_conflict';
