import { Globe, Phone, PhoneIncoming, PhoneOutgoing } from 'lucide-react';

const icons: Record<string, typeof Phone> = { inbound: PhoneIncoming, outbound: PhoneOutgoing, web: Globe };

export function DirectionIcon({ direction }: { direction: string | null | undefined }) {
  const Icon = icons[direction ?? ''] ?? Phone;
  return (
    <Icon
      role="img"
      aria-label={direction ?? 'unknown direction'}
      className="size-4 shrink-0 text-ink-mute"
      strokeWidth={1.75}
    />
  );
}
