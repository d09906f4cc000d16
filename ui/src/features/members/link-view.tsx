import { ShownOnce } from '@/components/shown-once';

/** A sign-in link, the one time that it is shown. */
export function LinkView({ name, link, onDone }: { name: string; link: string; onDone: () => void }) {
  return (
    <ShownOnce
      title={`Hand this link to ${name}, and to nobody else`}
      text={link}
      copy="Copy link"
      onDone={onDone}
    >
      It signs one browser in, once, within seven days. It is not shown again; another one takes its place.
    </ShownOnce>
  );
}
