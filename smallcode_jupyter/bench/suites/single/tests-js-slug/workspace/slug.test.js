// Tests of slug.js.
