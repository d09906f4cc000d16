/** Reading search parameters: what is not one of the allowed values is dropped, never an error. */
export function readOne<Name extends string, const Value extends string>(
  search: Record<string, unknown>,
  name: Name,
  allowed: readonly Value[],
): { [K in Name]?: Value } {
  const value = allowed.find((each) => each === search[name]);
  return (value === undefined ? {} : { [name]: value }) as { [K in Name]?: Value };
}

export function readText<Name extends string>(
  search: Record<string, unknown>,
  name: Name,
): { [K in Name]?: string } {
  const value = search[name];
  // The router reads digits as a number: a telephone number typed into the URL is one.
  const text = typeof value === 'number' ? String(value) : value;
  return (typeof text === 'string' && text !== '' ? { [name]: text } : {}) as { [K in Name]?: string };
}

export function readNumber<Name extends string>(
  search: Record<string, unknown>,
  name: Name,
): { [K in Name]?: number } {
  const given = search[name];
  // What is no digits, an emptied field too, is no number: `Number` reads nothing as 0.
  const value = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
  return (Number.isSafeInteger(value) && (value as number) >= 0 ? { [name]: value } : {}) as {
    [K in Name]?: number;
  };
}

/** A time as date fields hold it. */
export function readTime<Name extends string>(
  search: Record<string, unknown>,
  name: Name,
): { [K in Name]?: string } {
  const value = search[name];
  return (typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? { [name]: value } : {}) as {
    [K in Name]?: string;
  };
}

/** A query as the address of a download. */
export const searchOf = (query: Record<string, string | number | boolean | null | undefined>): string =>
  new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value == null ? [] : [[name, String(value)]])),
  ).toString();
