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

/** What recipes are for, in the order of the gallery. */
export const categories: { name: string; label: string; icon: LucideIcon }[] = [
  { name: 'crm', label: 'CRM', icon: UserPlus },
  { name: 'communication', label: 'Communication', icon: MessageSquare },
  { name: 'calendar', label: 'Calendar', icon: CalendarCheck },
  { name: 'support', label: 'Support', icon: LifeBuoy },
  { name: 'webhooks', label: 'Webhooks', icon: Webhook },
  { name: 'data', label: 'Data', icon: Database },
  { name: 'live', label: 'During the call', icon: PhoneCall },
  { name: 'alerts', label: 'Alerts', icon: Bell },
  { name: 'other', label: 'Other', icon: Shapes },
];

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
