import { describe, expect, it } from 'vitest';
import type { ConnectionKind } from '@/lib/types';
import { toSend } from './fields';

const field = (name: string, type: ConnectionKind['fields'][number]['type']) =>
  ({ name, type }) as ConnectionKind['fields'][number];
const kind = {
  name: 'smtp',
  fields: [field('host', 'text'), field('port', 'number'), field('password', 'secret')],
} as ConnectionKind;

describe('what a connection form sends', () => {
  it('leaves out what is empty, so that a secret stays', () => {
    expect(toSend(kind, { host: ' mail.example.com ', port: '', password: '' })).toEqual({
      host: 'mail.example.com',
    });
  });
  it('sends numbers as numbers, and what is none as typed', () => {
    expect(toSend(kind, { port: '587' })).toEqual({ port: 587 });
    expect(toSend(kind, { port: 'smtp' })).toEqual({ port: 'smtp' });
  });
  it('keeps the blanks of a secret and drops fields of another kind', () => {
    expect(toSend(kind, { password: ' x ', token: 't' })).toEqual({ password: ' x ' });
  });
});
