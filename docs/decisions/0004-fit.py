# SPDX-License-Identifier: Apache-2.0
"""Derives the polynomials of src/Tensors/Cpu/Simd (see 0004-exp-erf-tanh.md). Plain Python, no packages:  python3 0004-fit.py

Remez exchange for  min over c  of  max over x  of  |w(x) (f(x) - sum_k c[k] basis_k(x))|  on a dense grid. Coefficients are
rounded to float32 one by one, lowest first, and the rest is fitted again, so that rounding costs almost nothing."""
import math
import struct
from decimal import Decimal, getcontext

getcontext().prec = 50


def float32(value):
    return struct.unpack("<f", struct.pack("<f", value))[0]


def solve(rows, rhs):
    n = len(rows)
    a = [[Decimal(v) for v in row] + [Decimal(b)] for row, b in zip(rows, rhs)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(a[r][i]))
        a[i], a[pivot] = a[pivot], a[i]
        for r in range(i + 1, n):
            factor = a[r][i] / a[i][i]
            a[r] = [x - factor * y for x, y in zip(a[r], a[i])]
    x = [Decimal(0)] * n
    for i in reversed(range(n)):
        x[i] = (a[i][n] - sum(a[i][j] * x[j] for j in range(i + 1, n))) / a[i][i]
    return [float(v) for v in x]


def extrema(errors, count):
    """Alternating extremes of the error curve: the best run of `count`."""
    found = []
    for i, e in enumerate(errors):
        if found and (errors[found[-1]] > 0) == (e > 0):
            if abs(e) > abs(errors[found[-1]]):
                found[-1] = i
        else:
            found.append(i)
    while len(found) > count:
        found.pop(0 if abs(errors[found[0]]) < abs(errors[found[-1]]) else -1)
    return found


def remez(grid, values, weights, basis):
    m = len(basis[0])
    if m == 0:
        return [], max(abs(w * v) for w, v in zip(weights, values))
    n = len(grid)
    points = [round((n - 1) * (1 - math.cos(math.pi * k / m)) / 2) for k in range(m + 1)]
    best = (None, float("inf"))
    for _ in range(30):
        rows = [list(basis[p]) + [(-1) ** k / weights[p]] for k, p in enumerate(points)]
        c = solve(rows, [values[p] for p in points])[:m]
        errors = [w * (v - sum(ck * bk for ck, bk in zip(c, b))) for w, v, b in zip(weights, values, basis)]
        worst = max(abs(e) for e in errors)
        if worst < best[1]:
            best = (c, worst)
        found = extrema(errors, m + 1)
        if len(found) < m + 1 or found == points:
            break
        points = found
    return best


def fit(low, high, f, weight, terms, degree):
    """terms(x, k) is the k-th basis function. Returns the error before and after rounding, and the coefficients."""
    n = 1200
    grid = [low + (high - low) * (1 - math.cos(math.pi * (i + 0.5) / n)) / 2 for i in range(n)]
    weights = [weight(x) for x in grid]
    basis = [[terms(x, k) for k in range(degree + 1)] for x in grid]
    first, done = None, []
    while True:
        rest = [f(x) - sum(c * b for c, b in zip(done, row)) for x, row in zip(grid, basis)]
        c, error = remez(grid, rest, weights, [row[len(done):] for row in basis])
        if not c:
            return first, error, done
        first = first or error
        done.append(float32(c[0]))


def show(name, first, last, coefficients):
    print(f"{name}\n  relative error {first:.3g}, {last:.3g} (2^{math.log2(last):.1f}) with rounded coefficients")
    for c in coefficients:
        print(f"    {c!r}")


def fit_polynomial(name, low, high, f, weight, degree):
    """f as a polynomial of x with the smallest weighted error."""
    show(name, *fit(low, high, f, weight, lambda x, k: x ** k, degree))


def fit_ratio(name, low, high, f, above, below):
    """f as N(x) / D(x), D(0) = 1, with the smallest relative error: D f - N is linear in the coefficients, and dividing its
    error by the D f of the round before makes it that of the ratio (Loeb's iteration). Rounding is luck: the best round is kept."""
    denominator = [1.0]
    best = (float("inf"), None, None)
    for _ in range(6):
        def weight(x):
            return 1 / (series(denominator, x) * f(x))

        def terms(x, k):
            return -f(x) * x ** (k + 1) if k < below else x ** (k - below)

        first, last, found = fit(low, high, f, weight, terms, above + below)
        denominator = [1.0] + found[:below]
        best = min(best, (last, first, found))
    show(name, best[1], best[0], best[2])


def normal_tail(x):
    return 0.5 * math.erfc(x / math.sqrt(2))


def mills(x):
    return normal_tail(x) * math.exp(x * x / 2)


def series(coefficients, u):
    return sum(c * u ** k for k, c in enumerate(coefficients))


def tanh_rest(u):
    """(tanh(x) - x) / x^3 as a function of u = x^2."""
    x = math.sqrt(u)
    if u < 0.01:
        return series([-1 / 3, 2 / 15, -17 / 315, 62 / 2835, -1382 / 155925, 21844 / 6081075, -929569 / 638512875], u)
    return (math.tanh(x) - x) / x ** 3


def exp_rest(r):
    """(e^r - 1 - r) / r^2."""
    if abs(r) < 0.05:
        return series([1 / math.factorial(k + 2) for k in range(12)], r)
    return (math.expm1(r) - r) / (r * r)


def normal_centre(u):
    """(cdf(x) - 1/2) / x as a function of u = x^2."""
    if u < 1e-12:
        return 1 / math.sqrt(2 * math.pi)
    x = math.sqrt(u)
    return 0.5 * math.erf(x / math.sqrt(2)) / x


if __name__ == "__main__":
    fit_polynomial("exp: (e^r - 1 - r) / r^2 on |r| <= ln 2 / 2", -0.3470, 0.3470, exp_rest, lambda r: r * r / math.exp(r), 4)
    fit_polynomial("tanh: (tanh x - x) / x^3 in u = x^2, x <= 0.85", 1e-9, 0.85 ** 2, tanh_rest,
                   lambda u: u * math.sqrt(u) / math.tanh(math.sqrt(u)), 5)
    fit_polynomial("normal centre: (cdf - 1/2) / x in u = x^2, x <= 1", 1e-9, 1.0, normal_centre,
                   lambda u: math.sqrt(u) / normal_tail(math.sqrt(u)), 5)
    fit_ratio("normal tail: mills = N / D, N of degree 4, D of degree 5 in x, 1 <= x <= 15 (d1 ... d5, n0 ... n4)", 1.0, 15.0, mills, 4, 5)
