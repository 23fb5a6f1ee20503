import { attempt, mapResult, partition, valueOr, type Result } from "./solution";

declare const price: Result<number, string>;
declare const prices: readonly Result<number, string>[];

const parsed: Result<number, Error> = attempt(() => Number("5"));
const shown: Result<string, string> = mapResult(price, (value) => value.toFixed(2));
const sure: number = valueOr(price, 0);
const { values, errors } = partition(prices);
const numbers: number[] = values;
const texts: string[] = errors;
if (!parsed.ok) {
  const message: string = parsed.error.message;
  texts.push(message);
}
// @ts-expect-error the value is not known to be there
price.value;
// @ts-expect-error the fallback has the value's type
const strict: number = valueOr(price, "none");
// @ts-expect-error the value is a number
mapResult(price, (value: string) => value);
// @ts-expect-error the values are texts now
const wrong: Result<number, string> = mapResult(price, (value) => value.toFixed(2));
// @ts-expect-error the errors are texts
const odd: number[] = partition(prices).errors;
// @ts-expect-error the value is a number
const text: Result<string, Error> = attempt(() => 5);
export { shown, sure, strict, numbers, texts, wrong, odd, text };
