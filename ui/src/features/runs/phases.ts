import type { Entry } from '@/lib/types';
import type { Span } from './waterfall';

export type PhaseName = 'queue' | 'own' | 'dns' | 'connect' | 'tls' | 'wait' | 'body';
export type Phase = { name: PhaseName; micros: number };

export const phaseLabels: Record<PhaseName, string> = {
  queue: 'Queue',
  own: 'Own time',
  dns: 'DNS',
  connect: 'Connect',
  tls: 'TLS',
  wait: 'First byte',
  body: 'Body',
};

export const phaseHelp: Record<PhaseName, string> = {
  queue: 'waited for its turn',
  own: 'rendering, checks and bookkeeping in Switchhook',
  dns: 'looking up the host’s address',
  connect: 'opening the TCP connection',
  tls: 'the TLS handshake',
  wait: 'sending the request and waiting for the first byte of the answer',
  body: 'reading the rest of the answer',
};

export const phaseColors: Record<PhaseName, string> = {
  queue: 'bg-phase-queue',
  own: 'bg-phase-own',
  dns: 'bg-phase-dns',
  connect: 'bg-phase-connect',
  tls: 'bg-phase-tls',
  wait: 'bg-phase-wait',
  body: 'bg-phase-body',
};

export function phasesOf({ entry, from, to }: Span & { entry: Entry }): Phase[] {
  return phases(entry, to - from - (entry.queued_us ?? 0));
}

/** Where the time of one attempt went, in order; phases that took no time are left out. The sum is queue plus `elapsed`. */
export function phases(entry: Entry, elapsed: number): Phase[] {
  const timing = entry.exchange?.timing;
  const dns = timing?.dns_us ?? 0;
  const connect = timing?.connect_us ?? 0;
  const tls = timing?.tls_us ?? 0;
  const opening = dns + connect + tls;
  const total = timing?.total_us ?? 0;
  // Without a first byte (a time-out, a reset) all that followed the connection was waiting for it.
  const firstByte = timing ? Math.max(opening, timing.first_byte_us ?? total) : 0;
  const all: Phase[] = [
    { name: 'queue', micros: entry.queued_us ?? 0 },
    { name: 'own', micros: elapsed - total },
    { name: 'dns', micros: dns },
    { name: 'connect', micros: connect },
    { name: 'tls', micros: tls },
    { name: 'wait', micros: firstByte - opening },
    { name: 'body', micros: total - firstByte },
  ];
  return all.filter((phase) => phase.micros > 0);
}
