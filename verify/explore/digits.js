"use strict";
// Exact numbers as people read them: whole, or with the digits that they begin with. No float is asked, so that no number
// is too large, too small or too near another to be written.

const LONG = 40;
const DIGITS = 6;
const GUARD = 4;

const tenTo = (k) => 10n ** BigInt(k);

// floor(10^k value) and floor(10^k sqrt(value)), the latter for value >= 0.
const scaled = (value, k) => floorDivide(k >= 0 ? value.p * tenTo(k) : value.p, k >= 0 ? value.q : value.q * tenTo(-k));
const scaledRoot = (value, k) => integerRoot(scaled(value, 2 * k));

function floorDivide(a, b) {
  const quotient = a / b;
  return a % b !== 0n && a < 0n ? quotient - 1n : quotient;
}

// The k with 10^k <= |value| < 10^(k+1), for value != 0.
function magnitude(value) {
  const size = value.sign < 0 ? ZERO.minus(value) : value;
  const guess = `${size.p}`.length - `${size.q}`.length;
  return scaled(size, -guess) >= 1n ? guess : guess - 1;
}

// Significant digits of n / 10^k for an integer n that has more of them.
function significant(n, k, digits) {
  const sign = n < 0n ? "-" : "";
  const text = `${n < 0n ? -n : n}`;
  const cut = tenTo(text.length - digits);
  const rounded = `${(BigInt(text) + cut / 2n) / cut}`;
  const exponent = text.length - 1 - k + (rounded.length - digits);
  const [first, rest] = [rounded[0], rounded.slice(1, digits)];
  if (exponent < -6 || exponent >= digits) return `${sign}${first}.${rest}e${exponent < 0 ? "" : "+"}${exponent}`;
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${first}${rest}`;
  const plain = first + rest;
  const point = exponent + 1;
  return `${sign}${plain.slice(0, point)}${point < digits ? `.${plain.slice(point)}` : ""}`;
}

// The digits of what can be had to k decimal places, with an error of at most `errors` units; it must not be 0.
function digitsOf(places, errors, digits = DIGITS) {
  const enough = BigInt(errors + 1) * tenTo(digits + GUARD);
  for (let k = 2 * (digits + GUARD); ; k *= 2) {
    const found = places(k);
    if (found >= enough || found <= -enough) return significant(found, k, digits);
  }
}

const about = (value, digits) => (value.isZero ? "0" : digitsOf((k) => scaled(value, k), 1, digits));
const aboutRoot = (value, digits) => (value.isZero ? "0" : digitsOf((k) => scaledRoot(value, k), 1, digits));

// rational + the sum of sqrt(roots), positive.
const aboutSum = ({ rational, roots }, digits) =>
  digitsOf((k) => roots.reduce((total, root) => total + scaledRoot(root, k), scaled(rational, k)), roots.length + 1, digits);

// sqrt(rational - sqrt(root)), positive. The error of the difference is at most 2 units; its root is no longer than it.
const aboutNestedRoot = ({ rational, root }, digits) =>
  digitsOf((k) => {
    const square = scaled(rational, 2 * k) - scaledRoot(root, 2 * k);
    return square > 0n ? integerRoot(square) : 0n;
  }, 3, digits);

// A number in full if it is short, else its first digits.
function shown(value) {
  const text = `${value}`;
  return text.length <= LONG ? text : `about ${about(value)}`;
}

const vectorText = (v) => (v.length === 1 ? shown(v[0]) : `(${v.map(shown).join(", ")})`);

// An integer times 10^k without superfluous zeros: 0.25, -3, 2e40.
function decimalText(integer, k) {
  if (integer === 0n) return "0";
  let [digits, exponent] = [`${integer < 0n ? -integer : integer}`, k];
  const zeros = digits.length - digits.replace(/0+$/, "").length;
  [digits, exponent] = [digits.slice(0, digits.length - zeros), exponent + zeros];
  const sign = integer < 0n ? "-" : "";
  if (exponent >= 0 && digits.length + exponent <= 7) return `${sign}${digits}${"0".repeat(exponent)}`;
  const point = digits.length + exponent;
  if (exponent < 0 && point > -4) {
    const padded = digits.padStart(1 - exponent, "0");
    return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
  }
  return `${sign}${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ""}e${point - 1}`;
}
