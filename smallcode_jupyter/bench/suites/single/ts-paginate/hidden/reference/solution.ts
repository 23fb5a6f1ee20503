/** One page of a list. */
export interface Page<T> {
  items: T[];
  pageCount: number;
  hasNext: boolean;
}

/** Cut one page out of a list; pages count from 1. */
export function paginate<T>(items: readonly T[], page: number, perPage: number): Page<T> {
  const pageCount = Math.ceil(items.length / perPage);
  const start = (page - 1) * perPage;
  return { items: items.slice(start, start + perPage), pageCount, hasNext: page < pageCount };
}
