import { Panel } from '@/components/panel';
import { roleMeans } from '@/lib/may';
import { roleName, roles } from './roles';

/** What each role means. */
export function RoleTable() {
  return (
    <Panel title="What each role may do">
      <dl className="grid grid-cols-[5.5rem_1fr] gap-x-3 gap-y-1.5">
        {roles.map((role) => (
          <div key={role} className="contents">
            <dt className="font-medium">{roleName(role)}</dt>
            <dd className="text-ink-soft">{roleMeans(role)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
