import type { AgentMoment } from '@/lib/types';

/** The moments of a call in its order, with the kind of event whose payload each sends. */
export const moments: { moment: AgentMoment; label: string; help: string; kind: string }[] = [
  {
    moment: 'dialing',
    label: 'Before the dial',
    help: 'Right before an outbound call.',
    kind: 'call.dialing',
  },
  { moment: 'incoming', label: 'Incoming', help: 'An inbound call arrives.', kind: 'call.incoming' },
  { moment: 'ringing', label: 'Ringing', help: 'The call was created and rings.', kind: 'call.started' },
  {
    moment: 'call_start',
    label: 'Call start',
    help: 'The call connects and the conversation begins.',
    kind: 'call.answered',
  },
  { moment: 'tool_called', label: 'Tool called', help: 'The assistant calls a tool.', kind: 'tool.called' },
  { moment: 'voicemail', label: 'Voicemail', help: 'Voicemail is heard.', kind: 'call.voicemail_detected' },
  {
    moment: 'transfer_start',
    label: 'Transfer start',
    help: 'The transferred call is picked up.',
    kind: 'call.transfer_started',
  },
  {
    moment: 'transfer_end',
    label: 'Transfer end',
    help: 'The transferred call is over.',
    kind: 'call.transfer_ended',
  },
  { moment: 'call_end', label: 'Call end', help: 'The call ends, connected or not.', kind: 'call.ended' },
  {
    moment: 'call_end_connected',
    label: 'Call end, connected',
    help: 'A call that was connected ends.',
    kind: 'call.ended',
  },
  {
    moment: 'call_end_not_connected',
    label: 'Call end, not connected',
    help: 'A call ends that nobody took.',
    kind: 'call.ended',
  },
  {
    moment: 'recording_ready',
    label: 'Recording ready',
    help: 'The recording can be fetched.',
    kind: 'call.recording_ready',
  },
  {
    moment: 'analyzed',
    label: 'Analysed',
    help: 'Variables, summary and outcome are known.',
    kind: 'call.analyzed',
  },
];
