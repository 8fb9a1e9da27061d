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


def fit(name, low, high, f, weight, terms, degree, fixed=()):
    """terms(x, k) is the k-th basis function; `fixed` are leading coefficients that are given."""
    n = 1200
    grid = [low + (high - low) * (1 - math.cos(math.pi * (i + 0.5) / n)) / 2 for i in range(n)]
    weights = [weight(x) for x in grid]
    basis = [[terms(x, k) for k in range(degree + 1)] for x in grid]
    done = list(fixed)
    while True:
        rest = [f(x) - sum(c * b for c, b in zip(done, row)) for x, row in zip(grid, basis)]
        c, error = remez(grid, rest, weights, [row[len(done):] for row in basis])
        if not c:
            break
        if len(done) == len(fixed):
            print(f"{name}: {degree + 1 - len(done)} coefficients, best {error:.3g} of the value,", end=" ")
        done.append(float32(c[0]))
    print(f"rounded {error:.3g} (2^{math.log2(error):.1f})")
    for c in done:
        print(f"    {c!r}")


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


def power(x, k):
    return x ** k


if __name__ == "__main__":
    fit("exp: (e^r - 1 - r) / r^2 on |r| <= ln 2 / 2", -0.3470, 0.3470, exp_rest, lambda r: r * r / math.exp(r), power, 4)
    edge = 0.85
    fit(f"tanh: (tanh x - x) / x^3 in u = x^2, x <= {edge}", 1e-9, edge * edge, tanh_rest,
        lambda u: u * math.sqrt(u) / math.tanh(math.sqrt(u)), power, 5)
    fit("normal centre: (cdf - 1/2) / x in u = x^2, x <= 1", 1e-9, 1.0, normal_centre,
        lambda u: math.sqrt(u) / normal_tail(math.sqrt(u)), power, 5)
    fit("normal tail: mills / t in q = 1 - 2 t, t = 1 / (1 + x / 2.5), 1 <= x <= 14.5", 1.0, 14.5, mills,
        lambda x: 1 / mills(x), lambda x, k: (1 - 2 / (1 + x / 2.5)) ** k / (1 + x / 2.5), 8)
