export function withParams() {
  return "https://x.org/s?page=3&tag=a&tag=b#top";
}

export function readParams() {
  return { a: ["1", "3"], b: "2" };
}
