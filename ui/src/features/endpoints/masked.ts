/** Why an address cannot be copied: the server masks it for those who may not send. */
export const masked = (url: string): string | undefined =>
  url.endsWith('••••')
    ? 'Only those who change flows or send events see the address. Ask an owner or admin.'
    : undefined;
