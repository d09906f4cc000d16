/** The three steps to a flow, in their order, and which of them a place of the document belongs to. */
export const parts = ['when', 'steps', 'review'] as const;
export type Part = (typeof parts)[number];

export const partWords: Record<
  Part,
  { short: string; rest?: string; next: string; title: string; about: string }
> = {
  when: {
    short: 'When',
    next: 'when',
    title: 'When should something happen?',
    about: 'Choose a moment of the call. It counts for every call unless you name some below.',
  },
  steps: {
    short: 'Then',
    next: 'what to do',
    title: 'What should be done?',
    about:
      'Choose one thing or several, done one after the other. In a field, {{ or the braces beside it put in a value of the call.',
  },
  review: {
    short: 'Review',
    rest: 'and test',
    next: 'review and test',
    title: 'Does it do what you want?',
    about: 'This is what it would send for the call below. Nothing is sent until you say so.',
  },
};

/** Nothing for what only the other views show. */
export function partOf(at: string): Part | undefined {
  const [, root = ''] = at.split('/');
  if (root === 'on' || root === 'where') return 'when';
  if (root === 'steps') return 'steps';
  return root === 'name' ? 'review' : undefined;
}
