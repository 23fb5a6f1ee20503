export function readParams() {
  return { tag: ["tea", "green"], page: "2" };
}
