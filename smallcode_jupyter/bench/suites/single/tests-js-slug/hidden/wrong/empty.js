/**
 * The part of an address that stands for a title, e.g. "Hello, World!" -> "hello-world".
 *
 * - Lower case; letters lose their accents ("Café" -> "cafe").
 * - Every run of characters other than a-z and 0-9 becomes one hyphen; there is none at either end.
 * - At most `max` characters (60 if not given); a hyphen at the end after cutting is dropped as well.
 * - "untitled" if nothing is left.
 * - If the result is in the array `taken`, "-2" is appended, or "-3" if that is taken too, and so on
 *   (these may make it longer than `max`).
 */
export function slug(title, { max = 60, taken = [] } = {}) {
  const plain = title.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const hyphens = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  const base = hyphens.slice(0, max).replace(/-$/, "");
  let result = base;
  for (let number = 2; taken.includes(result); number += 1) {
    result = `${base}-${number}`;
  }
  return result;
}
