import type { FlowDocument } from '@/lib/types';

/** What a new flow begins with: the moment that most flows wait for, and nothing done yet. */
export const starter: FlowDocument = { name: '', on: ['call.ended'], steps: [] };
