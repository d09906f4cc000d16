import { Link } from '@tanstack/react-router';

export function Logo() {
  return (
    <Link
      to="/"
      className="flex h-8 items-center gap-2 rounded-md px-1.5 text-base font-semibold tracking-tight"
    >
      <img src="/favicon.svg" alt="" width={20} height={20} />
      Switchhook
    </Link>
  );
}
