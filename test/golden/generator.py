"""xoshiro128** written from its authors' C, and normal quantiles by SciPy. Run: python test/golden/generator.py > test/golden/random.json"""

import json
from scipy.stats import norm

M = 0xFFFFFFFF
rotl = lambda x, k: ((x << k) | (x >> (32 - k))) & M


def xoshiro(s, count):
    s = list(s)
    out = []
    for _ in range(count):
        out.append((rotl((s[1] * 5) & M, 7) * 9) & M)
        t = (s[1] << 9) & M
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 11)
    return out


points = [1e-300, 1e-100, 1e-20, 1e-10, 1e-5, 0.01, 0.05, 0.0749, 0.0751, 0.1, 0.25, 0.4999, 0.5, 0.6, 0.9, 0.9249, 0.9251, 0.975, 0.999, 1 - 1e-9, 1 - 2**-53]
print(json.dumps({"state": [1, 2, 3, 4], "bits": xoshiro([1, 2, 3, 4], 20), "quantiles": [[q, float(norm.ppf(q))] for q in points]}))
