import { Notice } from '@/components/notice';

/** Why no network can be opened here, and what becomes of those that were. */
export function Forbidden({ opened }: { opened: string[] }) {
  return (
    <Notice tone="wait" title="Whoever runs this server forbids to open networks here">
      <p>
        Ask them for what you need: they open networks with{' '}
        <code className="font-mono text-xs">--allow-network</code> for all workspaces of the server.
      </p>
      {opened.length > 0 && (
        <p className="mt-1">
          What was opened before has no effect, and is removed when you save: {opened.join(', ')}
        </p>
      )}
    </Notice>
  );
}
