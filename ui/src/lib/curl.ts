type Sent = { method: string; url: string; headers: string[][]; body?: string | null };

/** Headers that curl sets itself. */
const own = new Set(['content-length', 'host', 'connection', 'transfer-encoding']);

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The request as a curl command for a POSIX shell. Secrets are masked in it as they are in the journal. */
export function toCurl(request: Sent): string {
  const lines = [`curl ${request.method === 'GET' ? '' : `-X ${request.method} `}${quote(request.url)}`];
  for (const [name = '', value = ''] of request.headers) {
    if (!own.has(name.toLowerCase())) lines.push(`-H ${quote(`${name}: ${value}`)}`);
  }
  if (request.body) lines.push(`--data-raw ${quote(request.body)}`);
  return lines.join(' \\\n  ');
}
