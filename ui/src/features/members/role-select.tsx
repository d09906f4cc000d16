import type { ComponentProps } from 'react';
import { Select } from '@/components/select';
import type { Role } from '@/lib/types';
import { roleName, roles } from './roles';

type Props = Omit<ComponentProps<'select'>, 'value' | 'onChange'> & {
  value: Role;
  onChange: (role: Role) => void;
  /** Only owners make owners. */
  isOwner: boolean;
};

export function RoleSelect({ value, onChange, isOwner, ...rest }: Props) {
  return (
    <Select {...rest} value={value} onChange={(event) => onChange(event.target.value as Role)}>
      {roles.map((role) => (
        <option key={role} value={role} disabled={role === 'owner' && !isOwner}>
          {roleName(role)}
        </option>
      ))}
    </Select>
  );
}
