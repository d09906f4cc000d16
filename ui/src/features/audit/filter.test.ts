import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { actions, kinds, readAuditFilter, toAuditQuery } from './filter';

it('drops what is no filter and keeps the rest', () => {
  expect(
    readAuditFilter({ by: 'root', action: 'odd', what: 'flow', from: '2026-11-20', to: 'soon' }),
  ).toEqual({
    by: 'root',
    what: 'flow',
    from: '2026-11-20',
  });
});

it('makes whole days of the days in the URL', () => {
  const { from = '', to = '' } = toAuditQuery({ from: '2026-11-20', to: '2026-11-20' });
  expect(Date.parse(to) - Date.parse(from)).toBe(86_400_000 - 1);
});

it('offers each action and each kind of thing that the server writes, and no other', () => {
  const source = (name: string) =>
    readFileSync(join(import.meta.dirname, '../../../../crates/api/src', name), 'utf8');
  const text = ['audit/rules.rs', 'routes/audit.rs', 'routes/session.rs'].map(source).join('\n');
  const ruled = text.matchAll(/\b(?:Keep|Quiet)\(\s*"([^"]+)",\s*"([^"]+)"/g);
  const plain = text.matchAll(/Entry::plain\([^"]*"([^"]+)",\s*"([^"]+)"/g);
  const shown = source('redact/mod.rs').matchAll(/\("\w+", "(\w+)", "(\w+)"\)/g);
  const revealed = [...shown].flatMap(([, one = '', several = '']) => [one, several]);
  const written = [...ruled, ...plain]
    .map(([, action = '', kind = '']) => ({ action, kind }))
    .concat(revealed.map((kind) => ({ action: 'revealed', kind })));
  const once = (all: string[]) => [...new Set(all)].sort();
  expect(once(actions)).toEqual(once(written.map(({ action }) => action)));
  expect(once(kinds)).toEqual(once(written.map(({ kind }) => kind)));
});
