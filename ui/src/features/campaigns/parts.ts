import type { CampaignSettings } from '@/lib/types';

/** What every part of the form gets. */
export type Parts = {
  settings: CampaignSettings;
  set: (change: Partial<CampaignSettings>) => void;
  /** What is wrong at a place or below it. */
  problem: (path: string) => string | undefined;
};

export const lines = (text: string): string[] =>
  text
    .split(/[\n,;]/)
    .map((line) => line.trim())
    .filter(Boolean);
