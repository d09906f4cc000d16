/** The server's words on a field; what stands in backticks there is code. */
export function HelpText({ children }: { children: string }) {
  return children.split('`').map((part, i) => (i % 2 === 0 ? part : <code key={i}>{part}</code>));
}
