// Reads, builds and changes the query strings of links.

function decode(text) {
  return decodeURIComponent(text.replaceAll("+", " "));
}

// { name: value } of a query string, with or without its "?". A name that occurs more than once has an array of its values.
export function parseQuery(text) {
  const params = {};
  const query = text.startsWith("?") ? text.slice(1) : text;
  for (const part of query.split("&")) {
    if (part === "") continue;
    const [rawName, ...rest] = part.split("=");
    const name = decode(rawName);
    const value = decode(rest.join("="));
    if (!Object.hasOwn(params, name)) {
      params[name] = value;
    } else if (Array.isArray(params[name])) {
      params[name].push(value);
    } else {
      params[name] = [params[name], value];
    }
  }
  return params;
}

// The query string of { name: value }, without "?". null and undefined are left out, arrays are repeated.
export function buildQuery(params) {
  const parts = [];
  for (const [name, value] of Object.entries(params)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item === null || item === undefined) continue;
      parts.push(`${encodeURIComponent(name)}=${encodeURIComponent(item)}`);
    }
  }
  return parts.join("&");
}

// [path, query, hash] of a link; query and hash without "?" and "#".
export function splitLink(link) {
  const [rest, hash = ""] = link.split(/#(.*)/s);
  const [path, query = ""] = rest.split(/\?(.*)/s);
  return [path, query, hash];
}

function joinLink(path, query, hash) {
  return path + (query && `?${query}`) + (hash && `#${hash}`);
}

// The link with one parameter set.
export function withParam(link, name, value) {
  const [path, query, hash] = splitLink(link);
  return joinLink(path, buildQuery({ ...parseQuery(query), [name]: value }), hash);
}

// The link without some parameters.
export function withoutParams(link, ...names) {
  const [path, query, hash] = splitLink(link);
  const kept = Object.entries(parseQuery(query)).filter(([name]) => !names.includes(name));
  return joinLink(path, buildQuery(Object.fromEntries(kept)), hash);
}
