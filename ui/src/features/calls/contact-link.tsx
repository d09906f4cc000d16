import { Link } from '@tanstack/react-router';

const ours = /^cont_[0-9a-z]{26}$/;

/** Who the customer is; somebody who is kept as a contact has a page. */
export function ContactLink({ contact }: { contact: Record<string, unknown> }) {
  const told = (name: string) => (typeof contact[name] === 'string' ? contact[name] : '');
  const name =
    [told('first_name'), told('last_name')].filter(Boolean).join(' ') ||
    told('full_name') ||
    told('name') ||
    told('email') ||
    told('phone');
  const id = told('id');
  if (!name) return null;
  return ours.test(id) ? (
    <Link to="/contacts/$contactId" params={{ contactId: id }} className="text-accent hover:underline">
      {name}
    </Link>
  ) : (
    name
  );
}
