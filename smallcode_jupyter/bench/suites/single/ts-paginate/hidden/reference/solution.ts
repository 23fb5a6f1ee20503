/** One page of a list. */
export interface Page<T> {
  items: T[];
  page: number;
  pageCount: number;
  total: number;
  hasNext: boolean;
  hasPrevious: boolean;
}

/** Cut one page out of a list; pages count from 1. */
export function paginate<T>(items: readonly T[], page: number, perPage: number): Page<T> {
  if (!Number.isInteger(perPage) || perPage < 1) {
    throw new RangeError("a page has at least one item");
  }
  const total = items.length;
  const pageCount = Math.max(1, Math.ceil(total / perPage));
  const current = Math.min(Math.max(page, 1), pageCount);
  const start = (current - 1) * perPage;
  return {
    items: items.slice(start, start + perPage),
    page: current,
    pageCount,
    total,
    hasNext: current < pageCount,
    hasPrevious: current > 1,
  };
}
