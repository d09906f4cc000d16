import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { CodeBlock } from '@/components/code-block';
import { CopyButton } from '@/components/copy-button';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Tabs } from '@/components/tabs';
import go from './snippets/verify.go?raw';
import node from './snippets/verify.mjs?raw';
import php from './snippets/verify.php?raw';
import python from './snippets/verify.py?raw';
import shell from './snippets/verify.sh?raw';
import ed25519 from './snippets/verify-ed25519.mjs?raw';

const snippets: [value: string, label: string, text: string][] = [
  ['node', 'Node', node],
  ['python', 'Python', python],
  ['go', 'Go', go],
  ['php', 'PHP', php],
  ['shell', 'Shell', shell],
  ['ed25519', 'Node, public key', ed25519],
];

const headers: [name: string, meaning: string][] = [
  ['webhook-id', 'The same over all attempts of one message: whoever has seen it may do nothing.'],
  ['webhook-timestamp', 'The attempt’s time in unix seconds.'],
  [
    'webhook-signature',
    'v1, and the base64 of HMAC-SHA256 over id.timestamp.body, or v1a, and that of Ed25519. Several are separated by spaces while a secret is being replaced.',
  ],
  ['idempotency-key', 'The step’s key: the same over attempts, and over a replay with an unchanged request.'],
];

const code = (text: string) => <code className="font-mono text-xs">{text}</code>;

/** How a receiver proves that a webhook came from here, in its own language. */
export function VerifyPage() {
  const { in: language = 'node' } = useSearch({ from: '/shell/developers/verify' });
  const navigate = useNavigate({ from: '/developers/verify' });
  return (
    <Page
      narrow
      title="Verify webhooks"
      description="Webhooks follow Standard Webhooks: its libraries verify them, and so do these few lines."
    >
      <Panel flush>
        <Tabs
          label="Languages"
          value={language}
          onChange={(next) => void navigate({ search: { in: next }, replace: true })}
          tabs={snippets.map(([value, label, text]) => ({
            value,
            label,
            content: (
              <div className="flex flex-col gap-3">
                <CodeBlock
                  text={text.trim()}
                  wrap={false}
                  label={`Verification in ${label}`}
                  className="max-h-[34rem]"
                />
                <div>
                  <CopyButton text={text} label="Copy" showLabel />
                </div>
              </div>
            ),
          }))}
        />
      </Panel>
      <Panel title="What a webhook carries">
        <dl className="flex flex-col gap-2">
          {headers.map(([name, meaning]) => (
            <div key={name} className="grid gap-x-4 sm:grid-cols-[11rem_minmax(0,1fr)]">
              <dt>{code(name)}</dt>
              <dd className="text-ink-soft">{meaning}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-4 text-ink-soft">
          The secret is the one that the step names, kept under{' '}
          <Link to="/secrets" className="rounded text-accent underline underline-offset-2">
            Secrets
          </Link>
          : {code('whsec_')} and the key in base64, or any text. Of a key pair, receivers have the public key
          alone. Take the body as it came, before anything parses it.
        </p>
      </Panel>
    </Page>
  );
}
