/** Mails and text messages as the server shows what is sent: a mail is no request, and a text goes out in one. */
export type Shown = { method: string; url: string; headers: string[][]; body?: string | null };
export type Mail = {
  headers: [name: string, value: string][];
  subject: string;
  text?: string;
  html?: string;
};
export type TextMessage = { to: string; from: string; text: string; segments?: number };

function objectIn(body: string | null | undefined): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(body ?? '') as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const names: Record<string, string> = {
  from: 'From',
  to: 'To',
  cc: 'Copy to',
  bcc: 'Blind copy to',
  reply_to: 'Answers to',
  attachment: 'Attached',
  unsubscribe: 'Unsubscribe at',
};

/** What is shown as a mail; a body that was cut is none any more. */
export function mailOf({ method, headers, body }: Shown): Mail | undefined {
  const parts = method === 'MAIL' ? objectIn(body) : undefined;
  if (!parts) return undefined;
  const part = (name: string) => (typeof parts[name] === 'string' ? { [name]: parts[name] } : {});
  return {
    subject: headers.find(([name]) => name === 'subject')?.[1] ?? '',
    headers: headers.flatMap(([name = '', value = '']): [string, string][] =>
      names[name] ? [[names[name], value]] : [],
    ),
    ...part('text'),
    ...part('html'),
  };
}

export function textMessageOf(action: string | null | undefined, { body }: Shown): TextMessage | undefined {
  const parts = action === 'sms.send' ? objectIn(body) : undefined;
  if (typeof parts?.to !== 'string' || typeof parts.text !== 'string') return undefined;
  return {
    to: parts.to,
    from: typeof parts.from === 'string' ? parts.from : '',
    text: parts.text,
    ...(typeof parts.segments === 'number' && { segments: parts.segments }),
  };
}
