/** The parts of an attempt, as the URL names them. */
export const attemptTabs = ['request', 'response', 'timing', 'result'] as const;
