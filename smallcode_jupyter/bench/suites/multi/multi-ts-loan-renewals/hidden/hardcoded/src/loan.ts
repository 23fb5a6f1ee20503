/** A book that somebody has at home. */
export interface Loan {
  id: number;
  book: string;
  reader: string;
  /** The last day on which it may be brought back. */
  due: string;
  /** How often it was renewed. */
  renewals: number;
}

export const LOAN_DAYS = 28;
export const RENEWAL_DAYS = 14;
export const MOST_RENEWALS = 2;
