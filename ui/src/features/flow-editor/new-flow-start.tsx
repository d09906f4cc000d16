import { Link } from '@tanstack/react-router';
import { Blocks, Braces, ListOrdered, type LucideIcon, Rows3, Workflow } from 'lucide-react';
import { useState } from 'react';
import { Button, buttonClass } from '@/components/button';
import { Notice } from '@/components/notice';
import { classes } from '@/lib/classes';
import { plural } from '@/lib/format';
import { dropKept, readKept } from './kept';
import { listOf, textOf } from './model/json';
import { dropKeptTest } from './test/kept-test';
import type { View } from './toolbar';

type Way = { view: View; icon: LucideIcon; title: string; about: string };

const blank: Way[] = [
  { view: 'form', icon: Rows3, title: 'Empty form', about: 'Everything a flow can be, from top to bottom.' },
  {
    view: 'canvas',
    icon: Workflow,
    title: 'Empty canvas',
    about: 'The same, drawn: branches, loops, side by side.',
  },
  { view: 'text', icon: Braces, title: 'Paste JSON', about: 'A flow that you have as text already.' },
];

const cardClass = 'flex h-full gap-3 rounded-lg border p-4 hover:border-accent hover:bg-accent-soft';

/** How to begin: in three steps, from a recipe, or with nothing; what was begun before is offered first. */
export function NewFlowStart() {
  const [kept, setKept] = useState(readKept);
  const drop = () => {
    dropKept();
    dropKeptTest();
    setKept(undefined);
  };
  return (
    <div className="flex max-w-4xl flex-col gap-5">
      {kept && (
        <Notice
          title={`You have begun ${textOf(kept.name) ? `“${textOf(kept.name)}”` : 'a flow that has no name yet'}`}
        >
          <div className="flex flex-wrap items-center justify-between gap-2">
            <span>
              {plural(listOf(kept.steps).length, 'step')}, not saved yet. Another one takes its place.
            </span>
            <span className="flex gap-2">
              <Button size="sm" onClick={drop}>
                Throw it away
              </Button>
              <Link to="/flows/new" search={{ view: 'wizard' }} className={buttonClass('primary', 'sm')}>
                Go on with it
              </Link>
            </span>
          </div>
        </Notice>
      )}
      <ul className="grid gap-3 sm:grid-cols-2">
        <li>
          <Link
            to="/flows/new"
            search={{ view: 'wizard' }}
            onClick={drop}
            className={classes(cardClass, 'border-accent bg-accent-soft')}
          >
            <Card
              icon={ListOrdered}
              title="Start with three steps"
              about="When, then, test. The quickest way to a flow of your own; nothing to know beforehand."
            />
          </Link>
        </li>
        <li>
          <Link to="/recipes" className={classes(cardClass, 'border-line')}>
            <Card
              icon={Blocks}
              title="From a recipe"
              about="A flow that others use: CRM leads, mails, texts, chats, calendars, tickets. Fill in what it asks for."
            />
          </Link>
        </li>
      </ul>
      <section aria-labelledby="flow-blank" className="flex flex-col gap-2">
        <h2 id="flow-blank" className="font-medium">
          Or with nothing
        </h2>
        <ul className="grid gap-3 sm:grid-cols-3">
          {blank.map(({ view, ...words }) => (
            <li key={view}>
              <Link
                to="/flows/new"
                search={{ view }}
                onClick={drop}
                className={classes(cardClass, 'border-line')}
              >
                <Card {...words} />
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <p className="text-ink-mute">
        Whichever you choose: it is one document, and you can look at it in every way while you go.
      </p>
    </div>
  );
}

function Card({ icon: Icon, title, about }: Omit<Way, 'view'>) {
  return (
    <>
      <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent" strokeWidth={1.75} />
      <span>
        <span className="block font-medium">{title}</span>
        <span className="block text-ink-soft">{about}</span>
      </span>
    </>
  );
}
