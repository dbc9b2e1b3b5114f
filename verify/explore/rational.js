"use strict";
// Exact rational numbers on BigInt, and the grammar of one number: -7/3, 0.1 (= 1/10), .5, 5., 1e-3.

const gcd = (a, b) => {
  a = a < 0n ? -a : a;
  while (b) [a, b] = [b, a % b];
  return a;
};

class Rational {
  // In lowest terms with a positive denominator, so that equal numbers have equal text.
  constructor(p, q = 1n) {
    if (q === 0n) throw new RangeError("division by zero");
    const common = gcd(p, q < 0n ? -q : q) || 1n;
    const sign = q < 0n ? -1n : 1n;
    this.p = (sign * p) / common;
    this.q = (sign * q) / common;
  }

  plus(other) {
    return new Rational(this.p * other.q + other.p * this.q, this.q * other.q);
  }
  minus(other) {
    return new Rational(this.p * other.q - other.p * this.q, this.q * other.q);
  }
  times(other) {
    return new Rational(this.p * other.p, this.q * other.q);
  }
  over(other) {
    return new Rational(this.p * other.q, this.q * other.p);
  }
  compare(other) {
    const difference = this.p * other.q - other.p * this.q;
    return difference > 0n ? 1 : difference < 0n ? -1 : 0;
  }
  equals(other) {
    return this.p === other.p && this.q === other.q;
  }
  get sign() {
    return this.p > 0n ? 1 : this.p < 0n ? -1 : 0;
  }
  get isZero() {
    return this.p === 0n;
  }
  // The square root if it is rational, else null.
  root() {
    if (this.sign < 0) return null;
    const p = integerRoot(this.p);
    const q = integerRoot(this.q);
    return p * p === this.p && q * q === this.q ? new Rational(p, q) : null;
  }
  // For drawing only: parts of a range. Nothing is decided with it, and no number is written by it.
  toNumber() {
    const excess = Math.max(0, bitLength(this.p) - 1000, bitLength(this.q) - 1000);
    if (excess === 0) return Number(this.p) / Number(this.q);
    return Number(this.p >> BigInt(excess)) / Number(this.q >> BigInt(excess));
  }
  toString() {
    return this.q === 1n ? `${this.p}` : `${this.p}/${this.q}`;
  }
}

const ZERO = new Rational(0n);
const ONE = new Rational(1n);
const whole = (k) => new Rational(BigInt(k));
const sum = (values) => values.reduce((total, value) => total.plus(value), ZERO);
const smaller = (a, b) => (a.compare(b) <= 0 ? a : b);
const larger = (a, b) => (a.compare(b) >= 0 ? a : b);

function bitLength(n) {
  return (n < 0n ? -n : n).toString(2).length;
}

// floor(sqrt(n)) by Newton's method from above.
function integerRoot(n) {
  if (n < 2n) return n;
  let x = 1n << BigInt((bitLength(n) + 1) >> 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

const NUMBER = /^([+-]?)(?:(\d+)\/(\d+)|(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d+))?)$/;
const LONGEST = 1200;
const LARGEST_EXPONENT = 1000;

// The exact number that the text is, or null: nothing is guessed.
function parseRational(text) {
  const trimmed = text.trim();
  const match = trimmed.length <= LONGEST ? NUMBER.exec(trimmed) : null;
  if (!match) return null;
  const [, sign, numerator, denominator, decimal, exponent] = match;
  const signed = sign === "-" ? -1n : 1n;
  if (numerator !== undefined) {
    const q = BigInt(denominator);
    return q === 0n ? null : new Rational(signed * BigInt(numerator), q);
  }
  const power = exponent === undefined ? 0 : Number(exponent);
  if (Math.abs(power) > LARGEST_EXPONENT) return null;
  const [before, after = ""] = decimal.split(".");
  const shift = power - after.length;
  const digits = signed * BigInt(before + after || "0");
  return shift >= 0 ? new Rational(digits * 10n ** BigInt(shift)) : new Rational(digits, 10n ** BigInt(-shift));
}

// The multiple of a step nearest to a number: where the pointer is, snapped to the grid.
function snapped(value, step) {
  const units = value.over(step);
  return new Rational(floorDivide(2n * units.p + units.q, 2n * units.q)).times(step);
}
