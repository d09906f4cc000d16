/** The token in what somebody pasted: a whole link, its query, or the bare token. */
export function readToken(pasted: string): string | undefined {
  const text = pasted.trim();
  const found = /[?&]token=([^&#\s]+)/.exec(text)?.[1];
  if (found) return decodeURIComponent(found);
  return /^[\w.~-]{8,}$/.test(text) ? text : undefined;
}
