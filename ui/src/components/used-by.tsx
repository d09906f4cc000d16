import { Link } from '@tanstack/react-router';

type Props = { flows: { id: string; name: string }[] };

/** Which flows use a thing, each a link to it. */
export function UsedBy({ flows }: Props) {
  return (
    <p className="text-xs text-ink-mute">
      {flows.length === 0
        ? 'No flow uses it yet.'
        : flows.map((flow, i) => (
            <span key={flow.id}>
              {i === 0 ? 'Used by ' : ', '}
              <Link
                to="/flows/$flowId"
                params={{ flowId: flow.id }}
                className="text-accent underline underline-offset-2"
              >
                {flow.name}
              </Link>
            </span>
          ))}
    </p>
  );
}
