import { plural } from '@/lib/format';
import { Button } from './button';

type Props = { count: number; atLeast: boolean; one: string; many?: string; onShow: () => void };

/** Says above a list how much has come since it was read. */
export function FreshRows({ count, atLeast, one, many = `${one}s`, onShow }: Props) {
  if (count === 0) return null;
  return (
    <div role="status" className="flex justify-center border-b border-line bg-accent-soft px-4 py-1.5">
      <Button size="sm" look="quiet" onClick={onShow}>
        {atLeast ? `${count} or more new ${many}` : plural(count, `new ${one}`, `new ${many}`)} – show
      </Button>
    </div>
  );
}
