/** A book that somebody has at home. */
export interface Loan {
  id: number;
  book: string;
  reader: string;
  /** The last day on which it may be brought back. */
  due: string;
}

export const LOAN_DAYS = 28;
