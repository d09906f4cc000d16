import {
  CircleStop,
  Clock,
  GitBranch,
  type LucideIcon,
  MessageSquareReply,
  PencilLine,
  Repeat,
  Rows3,
  Send,
  ShieldCheck,
  Split,
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

export function StepIcon({ kind }: { kind: Kind | undefined }) {
  const Icon = kind ? icons[kind] : Zap;
  return <Icon aria-hidden="true" className="size-4 shrink-0 text-ink-mute" />;
}
