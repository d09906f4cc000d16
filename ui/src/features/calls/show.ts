/** A text as it is, anything else as JSON. */
export const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The same of what was found out about a call. */
export const showFound = (value: unknown): string =>
  value === null || value === undefined ? 'not said' : show(value);
