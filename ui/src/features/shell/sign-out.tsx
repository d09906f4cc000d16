import { LogOut } from 'lucide-react';
import { IconButton } from '@/components/icon-button';
import { useSignOut } from '@/lib/server/session';

export function SignOut() {
  const signOut = useSignOut();
  return (
    <IconButton
      size="sm"
      label={signOut.isError ? 'Signing out failed. Try again' : 'Sign out'}
      icon={<LogOut aria-hidden="true" className={signOut.isError ? 'text-bad' : ''} />}
      onClick={() => signOut.mutate()}
      disabled={signOut.isPending}
    />
  );
}
