// What a table shows of its rows.

export type Row = Record<string, string | number>;

function compareCells(a: string | number, b: string | number): number {
    if (typeof a === "number" && typeof b === "number") return a - b;
    return String(a).localeCompare(String(b), "en");
}

/** The rows with a text in any of their cells, upper and lower case being the same. */
export function filterRows(rows: Row[], text: string): Row[] {
    const wanted = text.toLowerCase();
    return rows.filter((row) =>
        Object.values(row).some((cell) => String(cell).toLowerCase().includes(wanted)),
    );
}

/** The rows ordered by one column, as a new array. */
export function sortRows(rows: Row[], column: string, descending = false): Row[] {
    const sign = descending ? -1 : 1;
    return [...rows].sort((first, second) => sign * compareCells(first[column], second[column]));
}

/** The rows of one page; pages count from 1. */
export function pageRows(rows: Row[], page: number, pageSize: number): Row[] {
    const start = (page - 1) * pageSize;
    return rows.slice(start, start + pageSize);
}
