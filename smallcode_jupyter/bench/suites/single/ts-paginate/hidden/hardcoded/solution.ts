export interface Page<T> {
  items: T[];
  page: number;
  pageCount: number;
  total: number;
  hasNext: boolean;
  hasPrevious: boolean;
}

export function paginate<T>(items: readonly T[], page: number, perPage: number): Page<T> {
  return { items: items.slice(2, 4), page: 2, pageCount: 3, total: 5, hasNext: true, hasPrevious: true };
}
