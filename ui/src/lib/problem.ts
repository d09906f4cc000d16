export type FieldProblem = { path: string; message: string };

const remedies: Record<string, string> = {
  offline: 'Check that the server is running and reachable, then try again.',
  unauthorized: 'Sign in again with a fresh link.',
  forbidden: 'Ask somebody with a wider role.',
  not_found: 'It may have been deleted, or the address is incomplete.',
  version_conflict: 'Load the newest version and apply your change to it.',
  already_exists: 'Choose another name, or delete the other one first.',
  payload_expired: 'The payload was removed after the retention time; only the outcome is left.',
  too_many_requests: 'Wait a little, then try again.',
  unavailable: 'Nothing was kept. Try again in a moment; if it stays, look at the server’s log.',
  internal: 'Try again; if it stays, look at the server’s log.',
};

/** An answer of the API that says no (RFC 9457), or no answer at all. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly problems: FieldProblem[];
  /** The page about the code. */
  readonly page: string | undefined;

  constructor(status: number, code: string, message: string, problems: FieldProblem[] = [], page?: string) {
    super(message);
    this.page = page;
    this.status = status;
    this.code = code;
    this.problems = problems;
  }

  /** What the user can do about it, where there is something to say. */
  get remedy(): string | undefined {
    return remedies[this.code];
  }

  /** Reads a problem document; other bodies keep the status. */
  static of(status: number, body: unknown): ApiProblem {
    const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
    const text = (name: string) => (typeof fields[name] === 'string' ? (fields[name] as string) : '');
    const message = text('detail') || text('title') || `the server answered ${status}`;
    return new ApiProblem(
      status,
      text('code') || `http_${status}`,
      message,
      places(fields.errors),
      text('type') || undefined,
    );
  }

  static from(error: unknown): ApiProblem {
    if (error instanceof ApiProblem) return error;
    if (error instanceof TypeError) return new ApiProblem(0, 'offline', 'The server did not answer.');
    return new ApiProblem(0, '', error instanceof Error ? error.message : String(error));
  }
}

/** What is wrong field by field, where that is why something was refused. */
export const problemsOf = (error: unknown): FieldProblem[] => (error ? ApiProblem.from(error).problems : []);

function places(list: unknown): FieldProblem[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown) => {
    const { path, message } = (item ?? {}) as Record<string, unknown>;
    return typeof message === 'string' ? [{ path: typeof path === 'string' ? path : '', message }] : [];
  });
}
