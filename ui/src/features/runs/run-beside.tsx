import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { buttonClass } from '@/components/button';
import { besideQuery } from '@/lib/server/beside';
import type { Run } from '@/lib/types';
import { toQuery } from './filter';

/** Which way somebody went: the same way is at hand in the run that they came to. */
let went: 'newer' | 'older' | undefined;

/** The run before and the one after in the list that it was opened from; else among those of its flow. */
export function RunBeside({ run }: { run: Run }) {
  const { list } = useSearch({ from: '/shell/runs/$runId' });
  const query = useMemo(() => toQuery(list ?? { flow: run.flow.id }), [list, run.flow.id]);
  const beside = useQuery(besideQuery(run, query)).data;
  const of = list ? 'of the list' : 'of this flow';
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!beside || !went) return;
    const same = nav.current?.querySelector<HTMLElement>(`[data-way="${went}"]`);
    went = undefined;
    if (document.activeElement !== document.body) return;
    (same ?? nav.current?.querySelector('a'))?.focus({ preventScroll: true });
  }, [beside]);
  const link = (way: 'newer' | 'older', label: string, icon: ReactNode) => {
    const id = beside?.[way];
    return id ? (
      <Link
        data-way={way}
        onClick={() => {
          went = way;
        }}
        to="/runs/$runId"
        params={{ runId: id }}
        search={list ? { list } : {}}
        aria-label={label}
        title={label}
        className={buttonClass('quiet', 'md', true)}
      >
        {icon}
      </Link>
    ) : (
      <span aria-hidden="true" className={`${buttonClass('quiet', 'md', true)} opacity-35`}>
        {icon}
      </span>
    );
  };
  return (
    <nav ref={nav} aria-label="Runs beside this one" className="flex">
      {link('newer', `The next newer run ${of}`, <ChevronUp aria-hidden="true" />)}
      {link('older', `The next older run ${of}`, <ChevronDown aria-hidden="true" />)}
    </nav>
  );
}
