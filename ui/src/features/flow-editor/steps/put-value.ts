/** Puts a value where the cursor was last in a field of the form. */

/** The field that was written in last, if it is still there. */
export function lastField(panel: Element | null, field: Element | null): HTMLInputElement | undefined {
  return field?.isConnected && panel?.contains(field) && field.matches('[data-takes]')
    ? (field as HTMLInputElement)
    : undefined;
}

export function putValue(field: HTMLInputElement, path: string): void {
  const text = field.dataset.takes === 'path' ? path : `{{ ${path} }}`;
  const [from, to] = [field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length];
  field.focus();
  field.setRangeText(text, from, to, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
