import {
  AtSign,
  Calendar,
  CircleStop,
  Clock,
  Code,
  Database,
  FileText,
  GitBranch,
  Globe,
  type LucideIcon,
  MessageSquareReply,
  MessageSquareText,
  PencilLine,
  Phone,
  Repeat,
  Rows3,
  Send,
  ShieldCheck,
  Sparkles,
  Split,
  Webhook,
  Workflow,
  Zap,
} from 'lucide-react';
import type { Kind } from '@/features/flow-editor/model/steps';

const icons: Record<Kind, LucideIcon> = {
  do: Send,
  if: Split,
  switch: GitBranch,
  for_each: Repeat,
  parallel: Rows3,
  try: ShieldCheck,
  set: PencilLine,
  wait: Clock,
  reply: MessageSquareReply,
  flow: Workflow,
  stop: CircleStop,
};

/** By the part of an action's name before the dot. */
const apps: Record<string, LucideIcon> = {
  http: Globe,
  webhook: Webhook,
  email: AtSign,
  sms: MessageSquareText,
  sql: Database,
  calendar: Calendar,
  llm: Sparkles,
  code: Code,
  phone: Phone,
  storage: FileText,
  file: FileText,
  csv: FileText,
};

export function StepIcon({ kind, action = '' }: { kind: Kind | undefined; action?: string }) {
  const Icon = apps[action.split('.')[0] ?? ''] ?? (kind ? icons[kind] : Zap);
  return <Icon aria-hidden="true" className="size-4 shrink-0 text-ink-mute" />;
}
