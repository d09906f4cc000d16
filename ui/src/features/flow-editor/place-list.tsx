import { type Marks, useEdit } from './context';
import { PlaceLink } from './place-link';

/** All that is wrong or doubtful, by the names of the places; each can be gone to. */
export function PlaceList({ marks, onPlace }: { marks: Marks; onPlace: (at: string) => void }) {
  const doc = useEdit().read();
  const all = [
    ...marks.problems.map((mark) => ({ ...mark, tone: 'text-bad' })),
    ...marks.warnings.map((mark) => ({ ...mark, tone: 'text-wait' })),
  ];
  return (
    <ul aria-label="Problems and warnings" className="flex flex-col gap-1.5">
      {all.map(({ path, message, tone }, i) => (
        <li key={i} className="flex flex-wrap items-baseline gap-x-2">
          <PlaceLink doc={doc} path={path} onPlace={onPlace} />
          <span className={`min-w-0 break-words ${tone}`}>{message}</span>
        </li>
      ))}
    </ul>
  );
}
