import type { Doc } from './model/json';
import { placeName } from './model/place-name';

type Props = { doc: Doc; path: string; onPlace: (at: string) => void };

/** A place of the flow by its name; goes there. */
export function PlaceLink({ doc, path, onPlace }: Props) {
  return (
    <button
      type="button"
      className="rounded font-medium underline underline-offset-2"
      onClick={() => onPlace(path)}
    >
      {placeName(doc, path)}
    </button>
  );
}
