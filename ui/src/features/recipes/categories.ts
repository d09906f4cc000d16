import {
  Bell,
  CalendarCheck,
  CalendarClock,
  Contact,
  Database,
  LifeBuoy,
  type LucideIcon,
  Mail,
  MailCheck,
  MessageCircle,
  MessageSquare,
  PhoneCall,
  PhoneForwarded,
  PhoneMissed,
  PhoneOff,
  Search,
  Shapes,
  Smartphone,
  Sunrise,
  Table,
  TriangleAlert,
  UserPlus,
  Webhook,
} from 'lucide-react';
import { categoryNames } from './filter';

const looks: Record<(typeof categoryNames)[number], { label: string; icon: LucideIcon }> = {
  crm: { label: 'CRM', icon: UserPlus },
  communication: { label: 'Communication', icon: MessageSquare },
  calendar: { label: 'Calendar', icon: CalendarCheck },
  support: { label: 'Support', icon: LifeBuoy },
  webhooks: { label: 'Webhooks', icon: Webhook },
  data: { label: 'Data', icon: Database },
  live: { label: 'During the call', icon: PhoneCall },
  alerts: { label: 'Alerts', icon: Bell },
  other: { label: 'Other', icon: Shapes },
};

export const categories: { name: string; label: string; icon: LucideIcon }[] = categoryNames.map((name) => ({
  name,
  ...looks[name],
}));

const icons: Record<string, LucideIcon> = {
  bell: Bell,
  'calendar-check': CalendarCheck,
  'calendar-clock': CalendarClock,
  contact: Contact,
  database: Database,
  'life-buoy': LifeBuoy,
  mail: Mail,
  'mail-check': MailCheck,
  'message-circle': MessageCircle,
  'message-square': MessageSquare,
  'phone-forwarded': PhoneForwarded,
  'phone-missed': PhoneMissed,
  'phone-off': PhoneOff,
  search: Search,
  smartphone: Smartphone,
  sunrise: Sunrise,
  table: Table,
  'triangle-alert': TriangleAlert,
  'user-plus': UserPlus,
  webhook: Webhook,
};

export const labelOf = (category: string) =>
  categories.find(({ name }) => name === category)?.label ?? category;

/** A recipe's own icon, where it is known here, else that of its category. */
export const iconOf = (recipe: { icon: string | null; category: string }): LucideIcon =>
  icons[recipe.icon ?? ''] ?? categories.find(({ name }) => name === recipe.category)?.icon ?? Shapes;
