/**
 * The part of an address that stands for a title: in lower case, with one hyphen for every run of characters
 * other than a-z and 0-9, and none at the beginning or end. "untitled" if nothing is left.
 */
export function slug(title) {
  const hyphens = title.toLowerCase().replace(/[^a-z0-9]/g, "-");
  const result = hyphens.replace(/^-|-$/g, "");
  return result || "untitled";
}
