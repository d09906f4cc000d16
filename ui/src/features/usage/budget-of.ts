/** What a budget can be of, by the API's names. */
export const things: [of: string, label: string][] = [
  ['credits', 'Credits'],
  ['actions', 'Actions'],
  ['sms_segments', 'SMS segments'],
  ['mails', 'Mails'],
  ['call_seconds', 'Seconds of talk'],
  ['calls_ended', 'Calls'],
  ['runs_begun', 'Runs'],
  ['runs_failed', 'Failed runs'],
  ['tokens_in', 'Tokens read'],
  ['tokens_out', 'Tokens written'],
  ['model_cost', 'Cost of models, $'],
];

export const nameOf = (of: string) => things.find(([name]) => name === of)?.[1] ?? of;
