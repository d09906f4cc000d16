type Named = { first_name?: string | null; last_name?: string | null };

export function nameOf(contact: Named): string {
  return [contact.first_name, contact.last_name].filter(Boolean).join(' ');
}
