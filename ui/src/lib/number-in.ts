/** A typed telephone number without what people put between its digits; nothing when it is none. */
export function numberIn(text: string): string | undefined {
  if (/^sip:\S+$/.test(text.trim())) return text.trim();
  const number = text.replace(/[\s().-]/g, '');
  return /^\+?\d{3,15}$/.test(number) ? number : undefined;
}
