/** What could be written at a place of a text, as an editor offers it. */
export type Offer = {
  label: string;
  /** Beside it: what it is, or what it is worth now. */
  detail?: string | undefined;
  /** At greater length. */
  info?: string | undefined;
  /** What is put in, if not the label. */
  insert?: string;
  /** Where in it the cursor goes, if not behind it. */
  cursor?: number;
};

export type Offers = {
  /** Where the word begins that an offer is looked for by. */
  word: number;
  /** What an offer replaces. */
  from: number;
  to: number;
  offers: Offer[];
};

/** Asked at every letter; `asked` where somebody asked by a key. */
export type Offering = (text: string, at: number, asked: boolean) => Offers | undefined;
