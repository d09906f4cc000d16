import type { Call, CallRow, EventDetail } from '../src/lib/types';
import { endpoints } from './endpoints.ts';
import { id } from './ids.ts';
import { runs } from './runs.ts';
import { after, at } from './time.ts';

const said = (role: string, start: number, end: number, text: string) => ({
  role,
  start_s: start,
  end_s: end,
  text,
});

export function callDetail(row: CallRow): Call {
  const start = row.started_at ?? at(0);
  const moment = (n: number, kind: string, seconds: number) => ({
    id: id('evt', n),
    kind,
    at: after(start, seconds * 1e6),
    settled: seconds > 134,
    synthetic: false,
    backfilled: false,
    edited: null,
    only: null,
    call: row,
  });
  return {
    ...row,
    duplicates: 3,
    analyses: versions(),
    related: [],
    settled: true,
    moments: [],
    runs: runs.filter((run) => run.call?.id === row.id).slice(0, 4),
    events: [
      moment(4, 'call.analyzed', 137),
      moment(3, 'call.ended', 134),
      moment(2, 'call.answered', 4),
      moment(1, 'call.started', 0),
    ],
    snapshot: {
      provider_call_id: row.provider_call_id,
      direction: row.direction ?? null,
      from: row.from ?? null,
      to: row.to ?? null,
      agent: { id: 'a1', name: 'Sarah' },
      campaign: { id: 'k1', name: 'Sales Outbound Q1' },
      contact: { first_name: 'Ada', last_name: 'Lovelace', company: 'Analytical' },
      status: row.status ?? null,
      started_at: row.started_at ?? null,
      ended_at: row.ended_at ?? null,
      duration_s: row.duration_s ?? null,
      end_reason: 'customer-ended-call',
      disposition: row.disposition ?? null,
      transcript: [
        said('agent', 4.2, 8.1, 'Hello! This is Sarah from Analytical. Do you have two minutes?'),
        said('customer', 8.6, 10.2, 'Hi. Yes, sure.'),
        said('agent', 10.5, 17.9, 'Great. You asked about the reporting add-on. Would a short demo help?'),
        said('customer', 21.4, 27, 'It would. Next Tuesday at 3 pm, and <b>not</b> before lunch.'),
        said('tool', 27.4, 28.1, 'book_demo → Tuesday 15:00'),
        said('agent', 28.3, 33.5, 'Booked. You will get an invitation by mail. Anything else?'),
        said('customer', 34, 36.2, 'No, thank you. Bye!'),
      ],
      recording: { url: 'https://recordings.example/9f1c02d4.mp3' },
      analysis: {
        summary: 'Wants a demo of the reporting add-on next Tuesday at 3 pm.',
        success: true,
        sentiment: 'positive',
        structured: { interested: true, budget: 5000, demo_at: '2025-11-25T15:00:00', company: null },
        answers: {},
        evidence: {
          budget: { quote: 'Five thousand a year, at most.', turn: 3, currency: 'USD' },
          company: { quote: 'We are Acme', flag: 'not_said' },
        },
        missing: ['company'],
        by: 'model',
        state: 'done',
      },
      variables: { order_id: '77' },
      metadata: {},
    },
  };
}

/** One event of a call, with the message that it came of. */
export function eventDetail(row: CallRow, event: string): EventDetail | undefined {
  const { events, snapshot } = callDetail(row);
  const found = events.find((each) => each.id === event);
  return (
    found && {
      ...found,
      tool: null,
      script_step: null,
      provider_event: 'end-of-call-report',
      endpoint_id: endpoints[0]?.id ?? null,
      received_at: found.at,
      snapshot,
      raw: { message: { type: 'end-of-call-report', endedReason: 'customer-ended-call' } },
      runs: runs.filter((run) => run.call?.id === row.id).slice(0, 1),
    }
  );
}

function versions(): Call['analyses'] {
  const none = { run_id: null, model: null, input_tokens: null, output_tokens: null, cost: null };
  const summary = 'Wants a demo of the reporting add-on next Tuesday at 3 pm.';
  return [
    {
      at: at(60),
      run_id: id('run', 2),
      model: 'gpt-5-mini',
      input_tokens: 1812,
      output_tokens: 204,
      cost: 0.012,
      disposition: 'Interested',
      analysis: { summary, success: true, structured: { budget: 5000, company: null }, by: 'model' },
    },
    {
      ...none,
      at: null,
      disposition: null,
      analysis: { summary: 'A demo was booked.', structured: { budget: 'five thousand' } },
    },
  ];
}
