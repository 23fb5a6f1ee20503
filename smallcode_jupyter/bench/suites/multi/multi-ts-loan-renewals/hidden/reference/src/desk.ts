import { addDays } from "./dates";
import { LOAN_DAYS, MOST_RENEWALS, RENEWAL_DAYS, type Loan } from "./loan";

/** The lending desk; every failure is an Error with the reason as its message. */
export class Desk {
  private readonly loans = new Map<number, Loan>();
  private nextId = 1;

  lend(book: string, reader: string, today: string): Loan {
    for (const loan of this.loans.values()) {
      if (loan.book === book) throw new Error("already lent");
    }
    const loan: Loan = { id: this.nextId++, book, reader, due: addDays(today, LOAN_DAYS), renewals: 0 };
    this.loans.set(loan.id, loan);
    return loan;
  }

  giveBack(id: number): Loan {
    const loan = this.find(id);
    this.loans.delete(id);
    return loan;
  }

  /** Keep it for longer, counted from the due date so far. */
  renew(id: number, today: string): Loan {
    const loan = this.find(id);
    if (today > loan.due) throw new Error("overdue");
    if (loan.renewals >= MOST_RENEWALS) throw new Error("renewed too often");
    loan.due = addDays(loan.due, RENEWAL_DAYS);
    loan.renewals += 1;
    return loan;
  }

  /** The loans of a reader, the one that is due first first. */
  loansOf(reader: string): Loan[] {
    const own = [...this.loans.values()].filter((loan) => loan.reader === reader);
    return own.sort((one, other) => one.due.localeCompare(other.due) || one.id - other.id);
  }

  /** Every loan that is late, the longest first. */
  late(today: string): Loan[] {
    const late = [...this.loans.values()].filter((loan) => loan.due < today);
    return late.sort((one, other) => one.due.localeCompare(other.due) || one.id - other.id);
  }

  private find(id: number): Loan {
    const loan = this.loans.get(id);
    if (!loan) throw new Error("no such loan");
    return loan;
  }
}
