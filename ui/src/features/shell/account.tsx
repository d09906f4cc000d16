import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ChevronsUpDown, LogOut, ScrollText, Users } from 'lucide-react';
import { Menu } from '@/components/menu';
import { useMay } from '@/lib/may';
import { sessionQuery, useSignOut } from '@/lib/server/session';

/** Who is signed in, with which role, and the way out. */
export function Account({ onGo }: { onGo: () => void }) {
  const { data } = useQuery(sessionQuery());
  const { why } = useMay('admin');
  const navigate = useNavigate();
  const signOut = useSignOut();
  if (!data) return <div className="h-11" />;
  const go = (to: '/settings/members' | '/settings/audit') => {
    onGo();
    void navigate({ to });
  };
  return (
    <Menu
      label="Account"
      note={`Signed in as ${data.name}${data.role ? `, ${data.role}` : ''}, in ${data.workspace.name}`}
      trigger={
        <button
          type="button"
          className="flex h-11 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-inset"
        >
          <span
            aria-hidden="true"
            className="flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-soft text-xs font-medium text-accent uppercase"
          >
            {data.name.trim()[0] ?? '?'}
          </span>
          <span className="sr-only">Signed in as</span>
          <span className="min-w-0 flex-1">
            <span className="block truncate leading-tight">{data.name}</span>
            <span className="block text-xs leading-tight text-ink-mute">{data.role ?? data.via}</span>
          </span>
          <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-ink-mute" />
        </button>
      }
      items={[
        { label: 'Members', icon: <Users aria-hidden="true" />, onSelect: () => go('/settings/members') },
        {
          label: 'Audit log',
          icon: <ScrollText aria-hidden="true" />,
          hint: why && 'For admins and owners',
          disabled: why !== undefined,
          onSelect: () => go('/settings/audit'),
        },
        {
          label: signOut.isError ? 'Signing out failed. Try again' : 'Sign out',
          icon: <LogOut aria-hidden="true" />,
          disabled: signOut.isPending,
          onSelect: () => signOut.mutate(),
        },
      ]}
    />
  );
}
