/** Names that the rows shown have, each once, in order. */
export function namesOf(seen: (string | null | undefined)[]): string[] {
  const all = new Set(seen.filter((name) => name != null));
  return [...all].sort((a, b) => a.localeCompare(b));
}

type Named = { first_name?: string | null; last_name?: string | null };

/** What a contact is called; empty where it has no name. */
export function nameOf(contact: Named): string {
  return [contact.first_name, contact.last_name].filter(Boolean).join(' ');
}
